-- Journeys that one more look at the platform has to settle, a row for each cause. A row stays when it is settled, so that
-- the same contradiction, told once more, is no new cause.
CREATE TABLE due_journey (
    journey_key text NOT NULL,
    cause text NOT NULL,
    -- Tells which claims contradict each other.
    contradiction text NOT NULL,
    borrower_key text NOT NULL,
    application_id uuid NOT NULL,
    journey_id text NOT NULL,
    -- What the settling poll is to carry: the sequence of the core register; null if that register is empty.
    sequence bigint,
    -- Not to be asked before.
    due_at timestamptz NOT NULL,
    settled boolean NOT NULL,
    source_offset bigint NOT NULL,
    PRIMARY KEY (journey_key, cause, contradiction)
);

CREATE INDEX due_journey_by_time ON due_journey (due_at);

CREATE VIEW reconciliation_due AS
SELECT journey_key, borrower_key, application_id, journey_id, cause, sequence, due_at
FROM due_journey
WHERE NOT settled;

GRANT SELECT ON reconciliation_due TO bj_journey_reader;
