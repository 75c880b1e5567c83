/**
 * The operator's page of the sandbox: every journey as it moves, the way of each change through the system with its times,
 * and the platform's hostile switches. It only looks: no group, no commit, read-only transactions; sealed parts stay sealed.
 */
@NullMarked
package dev.borrowerjourney.sandbox.demo.operator;

import org.jspecify.annotations.NullMarked;
