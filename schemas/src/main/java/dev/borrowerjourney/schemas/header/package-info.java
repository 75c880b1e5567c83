/** What every record carries beside its value: CloudEvents attributes, correlation, and ids that are the same on every replay. */
@NullMarked
package dev.borrowerjourney.schemas.header;

import org.jspecify.annotations.NullMarked;
