package dev.borrowerjourney.ingest.scan;

import java.util.Optional;

/** A record where it stands in its topic; its value is decoded when it is asked for. */
public interface Scanned {

    int partition();

    long offset();

    String key();

    /** The last header of that name, as text. */
    Optional<String> header(String name);

    /** Empty for a record without a value. */
    Optional<Object> value();
}
