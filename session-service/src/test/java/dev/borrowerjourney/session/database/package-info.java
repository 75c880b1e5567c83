/** A database that stands still, dies, is slow and comes back. */
@NullMarked
package dev.borrowerjourney.session.database;

import org.jspecify.annotations.NullMarked;
