/** Contract tests of the calls to the platform. */
@NullMarked
package dev.borrowerjourney.session.platform;

import org.jspecify.annotations.NullMarked;
