/** The platform, as far as this service calls it itself. API keys and tokens pass through here and are never logged. */
@NullMarked
package dev.borrowerjourney.session.platform;

import org.jspecify.annotations.NullMarked;
