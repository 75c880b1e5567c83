package dev.borrowerjourney.schemas.registration;

import java.util.List;

/** What became of one subject. */
sealed interface Outcome {

    /** The registry has exactly this schema already. */
    record Unchanged(int id) implements Outcome {}

    record Registered(int id) implements Outcome {}

    /** A dry run found that registering would succeed. */
    record Registrable() implements Outcome {}

    /** The registry holds a version that readers or writers of this schema could not live with. */
    record Incompatible(List<String> reasons) implements Outcome {}
}
