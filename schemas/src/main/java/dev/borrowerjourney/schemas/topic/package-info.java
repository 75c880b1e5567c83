/** The topic catalogue: every topic of the product as data. Code, manifests and documentation are checked against it. */
@NullMarked
package dev.borrowerjourney.schemas.topic;

import org.jspecify.annotations.NullMarked;
