/** What every module's integration tests stand on: a real PostgreSQL with this project's roles. */
@NullMarked
package dev.borrowerjourney.defaults.testing;

import org.jspecify.annotations.NullMarked;
