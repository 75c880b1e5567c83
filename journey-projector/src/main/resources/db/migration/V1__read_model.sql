-- How far the log is applied (applied_offset), which position was given last, and which is known to be published;
-- the latter is ahead while the log is applied again after the database went back.
-- The key holds the topic's id, not its name: a topic made anew starts from its beginning.
CREATE TABLE projection_offset (
    topic_id text NOT NULL,
    partition integer NOT NULL,
    topic text NOT NULL,
    applied_offset bigint NOT NULL,
    last_position bigint NOT NULL,
    published_position bigint NOT NULL,
    -- The next offset to publish as of the last batch; null only where somebody took it away.
    cursor_offset bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic_id, partition)
) WITH (fillfactor = 50);

-- One row a journey; version 0 means that its core was never observed, so that there is nothing to see.
CREATE TABLE journey (
    journey_key text PRIMARY KEY,
    borrower_key text NOT NULL,
    application_id uuid NOT NULL,
    journey_id text NOT NULL,
    version bigint NOT NULL,
    type text,
    status text,
    next_action text,
    details jsonb,
    source text,
    platform_at timestamptz,
    changed_at timestamptz,
    confirmed_at timestamptz,
    fresh_as_of timestamptz,
    stale boolean NOT NULL DEFAULT false,
    core_sequenced jsonb,
    core_timed jsonb,
    details_sequenced jsonb,
    details_timed jsonb,
    topic_id text NOT NULL,
    partition integer NOT NULL,
    source_offset bigint NOT NULL,
    CHECK (version >= 0),
    CHECK (version = 0 OR (status IS NOT NULL AND source IS NOT NULL AND changed_at IS NOT NULL))
) WITH (fillfactor = 80);

CREATE INDEX journey_of_borrower ON journey (borrower_key);
CREATE INDEX journey_by_id ON journey (application_id, journey_id);

-- Every state that became visible, in order; position orders a partition's rows for publication.
CREATE TABLE journey_change (
    journey_key text NOT NULL,
    version bigint NOT NULL,
    borrower_key text NOT NULL,
    application_id uuid NOT NULL,
    journey_id text NOT NULL,
    before jsonb,
    after jsonb NOT NULL,
    source text NOT NULL,
    platform_at timestamptz,
    changed_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    fresh_as_of timestamptz NOT NULL,
    stale boolean NOT NULL,
    event_id text NOT NULL,
    correlation_id text,
    traceparent text,
    topic_id text NOT NULL,
    partition integer NOT NULL,
    source_offset bigint NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (journey_key, version)
);

CREATE UNIQUE INDEX journey_change_position ON journey_change (partition, position);

-- Records that their own data made impossible to apply.
CREATE TABLE dead_letter (
    partition integer NOT NULL,
    position bigint NOT NULL,
    topic text NOT NULL,
    topic_id text NOT NULL,
    source_offset bigint NOT NULL,
    reason text NOT NULL,
    detail text,
    recorded_at timestamptz NOT NULL,
    record_key bytea,
    -- JSON of name to base64; as bytes, because a header may hold what text may not.
    headers bytea NOT NULL,
    value bytea,
    PRIMARY KEY (partition, position)
);

CREATE VIEW current_journey AS
SELECT journey_key, borrower_key, application_id, journey_id, type, status, next_action, details, version, source,
       platform_at, changed_at, fresh_as_of
FROM journey
WHERE version > 0;

CREATE VIEW timeline AS
SELECT journey_key, borrower_key, application_id, journey_id, version, before, after, source, platform_at, changed_at
FROM journey_change;

GRANT SELECT ON current_journey, timeline TO bj_journey_reader;
