/** Holds what SREs apply against what Kubernetes accepts, what the catalogue says and what the services claim. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.deploy;

import org.jspecify.annotations.NullMarked;
