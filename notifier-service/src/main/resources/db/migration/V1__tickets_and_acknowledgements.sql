-- A ticket opens one stream without a header. Only its hash is kept: who reads this table can use none.
CREATE TABLE ticket (
    ticket_hash    bytea PRIMARY KEY,
    borrower_key   text NOT NULL,
    application_id uuid NOT NULL,
    token_until    timestamptz NOT NULL,
    usable_until   timestamptz NOT NULL
);

CREATE INDEX ticket_usable_until ON ticket (usable_until);

-- The greatest version of a journey that any device of the borrower has shown.
CREATE TABLE acknowledgement (
    borrower_key    text NOT NULL,
    journey_id      text NOT NULL,
    version         bigint NOT NULL CHECK (version > 0),
    acknowledged_at timestamptz NOT NULL,
    PRIMARY KEY (borrower_key, journey_id)
);
