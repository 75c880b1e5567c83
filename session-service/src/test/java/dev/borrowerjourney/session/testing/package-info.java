/** What the tests share: the service with real infrastructure, a stand-in for the platform, and the partner. */
@NullMarked
package dev.borrowerjourney.session.testing;

import org.jspecify.annotations.NullMarked;
