/** What every service does alike without asking for it: the properties it starts with. */
@NullMarked
package dev.borrowerjourney.defaults;

import org.jspecify.annotations.NullMarked;
