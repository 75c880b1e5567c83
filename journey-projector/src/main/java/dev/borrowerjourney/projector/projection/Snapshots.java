package dev.borrowerjourney.projector.projection;

/** Makes sense of records' bytes. */
public interface Snapshots {

    /**
     * Decodes one record.
     *
     * @throws RuntimeException on trouble that is not the record's own, such as a registry that does not answer
     */
    Decoded decode(SourceRecord source);
}
