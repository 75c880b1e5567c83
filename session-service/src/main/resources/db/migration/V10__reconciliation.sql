-- Journeys that the platform is asked about. due_at is null where it is not to be asked: nothing more is to come, or
-- nobody has a session to ask with.
CREATE TABLE reconciliation (
    journey_key text PRIMARY KEY,
    borrower_key text NOT NULL,
    application_id uuid NOT NULL,
    journey_id text NOT NULL,
    -- ACTIVE, PASSIVE or QUIET; OVER or GONE where there is nothing to ask.
    pace text NOT NULL,
    -- Until then the borrower has just done something.
    acted_until timestamptz,
    -- The last change that is known of.
    changed_at timestamptz NOT NULL,
    asked_at timestamptz,
    due_at timestamptz,
    -- Somebody looks, or an anomaly has to be settled: goes before the others when the budget is short.
    urgent boolean NOT NULL DEFAULT false,
    fence bigint NOT NULL DEFAULT 0,
    lease_until timestamptz,
    failures integer NOT NULL DEFAULT 0,
    -- Answers of 404, one after the other.
    missing integer NOT NULL DEFAULT 0,
    -- What the platform told last, when it last told so, and when we published it.
    told_status text,
    told_next_action text,
    confirmed_at timestamptz,
    published_at timestamptz,
    -- Since when polling knows a state that no webhook has told yet; null if it is not known to be ahead.
    ahead_since timestamptz,
    -- Until then a settling poll is on its way through the log.
    settling_until timestamptz
) WITH (fillfactor = 70);

CREATE INDEX reconciliation_due ON reconciliation (application_id, urgent DESC, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX reconciliation_of_borrower ON reconciliation (borrower_key);
CREATE INDEX reconciliation_changed ON reconciliation (changed_at);

-- The calls that polling may make, a row for each application: a bucket of tokens that all instances take from.
CREATE TABLE reconciliation_budget (
    application_id uuid PRIMARY KEY,
    tokens double precision NOT NULL DEFAULT 1,
    refilled_at timestamptz NOT NULL DEFAULT now(),
    failures integer NOT NULL DEFAULT 0,
    paused_until timestamptz
);

-- Borrowers whose journeys are asked about without a session of theirs, if that is set: what opens a platform session for
-- them again, sealed as in platform_session and for the same row's id. Empty otherwise.
CREATE TABLE absent_borrower (
    borrower_key text PRIMARY KEY,
    platform_session_id uuid NOT NULL,
    application_id uuid NOT NULL,
    borrower_sealed bytea NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now()
);

-- Who has called lately. Written anew as long as they call, so a crash may empty it.
CREATE UNLOGGED TABLE caller (
    borrower_key text PRIMARY KEY,
    since timestamptz NOT NULL DEFAULT now(),
    called_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70);
