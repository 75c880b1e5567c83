/**
 * The small pages behind redirect steps.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.page;

import org.jspecify.annotations.NullMarked;
