@NullMarked
package dev.borrowerjourney.session.reconciliation;

import org.jspecify.annotations.NullMarked;
