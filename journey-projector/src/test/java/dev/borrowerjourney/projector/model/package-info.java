/**
 * A platform that answers from replicas behind its own state, delays, loses, doubles and reorders its webhooks and
 * restarts its sequences, played journey by journey against the real law. Seeded: the same figures on every machine.
 */
@NullMarked
package dev.borrowerjourney.projector.model;

import org.jspecify.annotations.NullMarked;
