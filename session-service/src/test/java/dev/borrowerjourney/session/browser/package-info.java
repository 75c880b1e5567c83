/** Tests of what browsers are told. */
@NullMarked
package dev.borrowerjourney.session.browser;

import org.jspecify.annotations.NullMarked;
