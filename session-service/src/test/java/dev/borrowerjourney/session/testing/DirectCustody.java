package dev.borrowerjourney.session.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/** The service with what it does not do by default: the app holds the platform's tokens, which are renewed by refresh. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TestPropertySource(properties = {"session.tokens.custody=direct", "session.tokens.renewal=refresh-endpoint"})
public @interface DirectCustody {}
