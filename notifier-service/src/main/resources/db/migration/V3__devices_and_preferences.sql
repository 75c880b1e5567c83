-- Where borrowers are reached. A device and an address belong to one borrower at a time.
CREATE TABLE device (
    application_id  uuid NOT NULL,
    device_id       text NOT NULL,
    -- Another one with each registration; the address is sealed for it.
    registration_id uuid NOT NULL UNIQUE,
    borrower_key    text NOT NULL,
    channel         text NOT NULL,
    address_hash    bytea NOT NULL UNIQUE,
    sealed_address  bytea NOT NULL,
    -- Our public key that a Web Push subscription was made with.
    server_key      text,
    locale          text NOT NULL,
    time_zone       text,
    registered_at   timestamptz NOT NULL,
    PRIMARY KEY (application_id, device_id)
);

CREATE INDEX device_borrower ON device (borrower_key, application_id);

-- What a borrower does not want to be told of.
CREATE TABLE notification_preference (
    application_id uuid NOT NULL,
    borrower_key   text NOT NULL,
    channel        text NOT NULL,
    kind           text NOT NULL,
    PRIMARY KEY (borrower_key, application_id, channel, kind)
);

CREATE TABLE quiet_hours (
    application_id uuid NOT NULL,
    borrower_key   text NOT NULL,
    quiet_from     time NOT NULL,
    quiet_until    time NOT NULL CHECK (quiet_until <> quiet_from),
    time_zone      text NOT NULL,
    PRIMARY KEY (borrower_key, application_id)
);
