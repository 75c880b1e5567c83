/** What the edge serves. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.edge;

import org.jspecify.annotations.NullMarked;
