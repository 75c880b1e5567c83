/** What surrounds the service in its tests: the partner's identity provider, the read model, the projector's topic. */
@NullMarked
package dev.borrowerjourney.notifier.testing;

import org.jspecify.annotations.NullMarked;
