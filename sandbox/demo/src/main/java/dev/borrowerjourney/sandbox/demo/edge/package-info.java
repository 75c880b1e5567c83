/** One origin in front of the services, as a partner's own web server would be. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.edge;

import org.jspecify.annotations.NullMarked;
