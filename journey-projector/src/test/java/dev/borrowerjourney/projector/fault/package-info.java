/** What the projector promises while processes die and freeze, answers get lost, and databases and topics go back. */
@NullMarked
package dev.borrowerjourney.projector.fault;

import org.jspecify.annotations.NullMarked;
