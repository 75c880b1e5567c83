/**
 * What the platform remembers of a borrower, kept in one file each: a change is on disk before anybody sees it.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.borrower;

import org.jspecify.annotations.NullMarked;
