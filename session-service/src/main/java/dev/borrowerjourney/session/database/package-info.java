/**
 * The database as something that may be slow or away: nothing waits for it longer than the settings allow, callers are told
 * so by a problem, and whoever can do without it learns that it is away.
 */
@NullMarked
package dev.borrowerjourney.session.database;

import org.jspecify.annotations.NullMarked;
