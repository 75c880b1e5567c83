/** Where the demo keeps its things: directories, ports, addresses, generated secrets. Nothing here starts anything. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.place;

import org.jspecify.annotations.NullMarked;
