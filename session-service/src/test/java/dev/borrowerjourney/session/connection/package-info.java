@NullMarked
package dev.borrowerjourney.session.connection;

import org.jspecify.annotations.NullMarked;
