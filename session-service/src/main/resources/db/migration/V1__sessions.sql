-- The platform's session of a borrower: one per borrower and application, shared by all our sessions of that borrower.
-- Columns named *_sealed hold AEAD ciphertext bound to the row's id and the column's name.
CREATE TABLE platform_session (
    platform_session_id uuid PRIMARY KEY,
    application_id uuid NOT NULL,
    borrower_key text NOT NULL,
    borrower_sealed bytea NOT NULL,
    session_token_sealed bytea,
    refresh_token_sealed bytea,
    session_expires_at timestamptz,
    refresh_expires_at timestamptz,
    active_journey_id text,
    active_status text,
    active_next_action text,
    -- Grows with every lease; a result is saved only under the fence it was leased with.
    fence bigint NOT NULL DEFAULT 0,
    -- The fence under which the tokens were saved; 0 while there are none.
    generation bigint NOT NULL DEFAULT 0,
    lease_until timestamptz,
    renewed_at timestamptz,
    touched_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (application_id, borrower_key)
);

-- A session of the borrower's app.
CREATE TABLE session (
    session_id uuid PRIMARY KEY,
    platform_session_id uuid NOT NULL REFERENCES platform_session,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    ends_at timestamptz NOT NULL
);
CREATE INDEX session_of_platform_session ON session (platform_session_id, created_at, session_id);
CREATE INDEX session_by_end ON session (ends_at);
CREATE INDEX session_by_use ON session (last_used_at);

-- Tokens of a session: the current one, and for a short while those it replaced. The token itself is nowhere.
CREATE TABLE session_token (
    token_hash bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
    valid_until timestamptz NOT NULL
);
CREATE INDEX session_token_of_session ON session_token (session_id);
CREATE INDEX session_token_by_end ON session_token (valid_until);

-- What an Idempotency-Key was used for. Scope and request are keyed hashes: neither key nor body can be read from them.
CREATE TABLE idempotency (
    scope_hash bytea PRIMARY KEY,
    request_hash bytea NOT NULL,
    session_id uuid NOT NULL,
    completed boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
