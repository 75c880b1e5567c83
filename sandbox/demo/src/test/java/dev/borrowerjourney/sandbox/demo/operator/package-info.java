/** How journeys are put together for the operator's page, and that it stays bounded. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.operator;

import org.jspecify.annotations.NullMarked;
