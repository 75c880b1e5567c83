-- Raised by whoever writes journeys of a partition beside its log: an owner that keeps journeys in memory forgets them then.
ALTER TABLE projection_offset ADD COLUMN edited bigint NOT NULL DEFAULT 0;

-- What the log makes of the journeys, beside what is served. Unlogged: it can be made again at any time, and neither the
-- write-ahead log nor a replica has to carry it. After a crash of the database all three tables are empty.
CREATE UNLOGGED TABLE shadow (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    topic_id text NOT NULL,
    begun_at timestamptz NOT NULL,
    begun_by text NOT NULL,
    begun_why text NOT NULL,
    -- When all that the log does not hold any more was taken in; null before.
    filled_at timestamptz
);

CREATE UNLOGGED TABLE shadow_partition (
    partition integer PRIMARY KEY,
    -- Where the log began when the shadow did.
    first_offset bigint NOT NULL,
    -- Registers that were received before this are taken from elsewhere, too; null if the log is whole.
    fill_before timestamptz,
    applied_offset bigint NOT NULL,
    records bigint NOT NULL DEFAULT 0,
    illegible bigint NOT NULL DEFAULT 0,
    dead_letters bigint NOT NULL DEFAULT 0,
    erased bigint NOT NULL DEFAULT 0,
    applied_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNLOGGED TABLE shadow_journey (
    journey_key text PRIMARY KEY,
    partition integer NOT NULL,
    borrower_key text NOT NULL,
    application_id uuid NOT NULL,
    journey_id text NOT NULL,
    -- The greatest version that was ever published of it.
    published_version bigint NOT NULL,
    type text,
    status text,
    next_action text,
    details text,
    platform_at timestamptz,
    core_sequenced text,
    core_timed text,
    details_sequenced text,
    details_timed text
) WITH (fillfactor = 80);

-- Who had differences written, and why; ended_at stays null while it was interrupted.
CREATE TABLE rebuild_run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    begun_at timestamptz NOT NULL,
    begun_by text NOT NULL,
    begun_why text NOT NULL,
    ended_at timestamptz,
    undone_at timestamptz,
    undone_by text,
    undone_why text
);

-- The registers that a run replaced, as of the offset up to which they had taken the log in.
CREATE TABLE rebuild_kept (
    run bigint NOT NULL REFERENCES rebuild_run ON DELETE CASCADE,
    journey_key text NOT NULL,
    partition integer NOT NULL,
    borrower_key text NOT NULL,
    application_id uuid NOT NULL,
    journey_id text NOT NULL,
    topic_id text NOT NULL,
    applied_offset bigint NOT NULL,
    -- False if the read model did not have the journey.
    known boolean NOT NULL,
    core_sequenced text,
    core_timed text,
    details_sequenced text,
    details_timed text,
    undone boolean NOT NULL DEFAULT false,
    PRIMARY KEY (run, journey_key)
);
