/** How long a client may keep a connection without getting on. */
@NullMarked
package dev.borrowerjourney.session.connection;

import org.jspecify.annotations.NullMarked;
