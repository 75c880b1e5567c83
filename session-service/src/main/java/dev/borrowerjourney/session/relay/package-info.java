/**
 * The platform's own paths, relayed. Only a live session token of ours is exchanged for the platform's; API keys, partner
 * tokens and unknown tokens never leave this service, and neither do tokens of the platform or internals of its network.
 */
@NullMarked
package dev.borrowerjourney.session.relay;

import org.jspecify.annotations.NullMarked;
