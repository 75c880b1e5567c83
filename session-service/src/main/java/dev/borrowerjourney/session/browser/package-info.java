/**
 * What browsers are told: which other origins may call this service, and that no answer is to be kept, framed or taken for
 * something else.
 */
@NullMarked
package dev.borrowerjourney.session.browser;

import org.jspecify.annotations.NullMarked;
