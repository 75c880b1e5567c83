/** Secrets as mounted files: read strictly, watched for change, never printed. */
@NullMarked
package dev.borrowerjourney.defaults.secret;

import org.jspecify.annotations.NullMarked;
