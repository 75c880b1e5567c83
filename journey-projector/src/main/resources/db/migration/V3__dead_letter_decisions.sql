-- What operators decided about a dead letter, and which one it comes from if its record was a replayed one. None of it is
-- a function of the log: rows that are made again after the database went back are open again.
ALTER TABLE dead_letter
    ADD COLUMN found_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN replay_of text,
    ADD COLUMN state text NOT NULL DEFAULT 'OPEN',
    ADD COLUMN decided_at timestamptz,
    ADD COLUMN decided_by text,
    ADD COLUMN decided_why text,
    -- Partition and offset of the replayed record.
    ADD COLUMN replayed_to text,
    ADD CHECK (state IN ('OPEN', 'REPLAYED', 'PARKED')),
    ADD CHECK (state = 'OPEN' OR (decided_at IS NOT NULL AND decided_by IS NOT NULL AND decided_why IS NOT NULL));

-- Not unique: after the log was cut, an offset may be another record's.
CREATE INDEX dead_letter_of_record ON dead_letter (topic_id, partition, source_offset);
CREATE INDEX dead_letter_found ON dead_letter (found_at);
