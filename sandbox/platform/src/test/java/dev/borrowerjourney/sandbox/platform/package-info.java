/** Tests that call the running process as its clients do, and receive its webhooks as a service does. */
@NullMarked
package dev.borrowerjourney.sandbox.platform;

import org.jspecify.annotations.NullMarked;
