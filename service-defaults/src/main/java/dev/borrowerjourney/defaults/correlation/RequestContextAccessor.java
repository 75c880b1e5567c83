package dev.borrowerjourney.defaults.correlation;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/** Lets Reactor carry the context from thread to thread; found by the service loader. */
public final class RequestContextAccessor implements ThreadLocalAccessor<RequestContext> {

    @Override
    public Object key() {
        return RequestContext.KEY;
    }

    @Override
    public @Nullable RequestContext getValue() {
        return RequestContext.current();
    }

    @Override
    public void setValue(RequestContext value) {
        RequestContext.enter(value);
    }

    @Override
    public void setValue() {
        RequestContext.leave();
    }
}
