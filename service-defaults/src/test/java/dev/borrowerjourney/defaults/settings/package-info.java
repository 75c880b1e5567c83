@NullMarked
package dev.borrowerjourney.defaults.settings;

import org.jspecify.annotations.NullMarked;
