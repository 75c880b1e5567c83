-- That a device is to be told of a change: one row for each, written when the change is heard.
CREATE TABLE notification (
    change_id      uuid NOT NULL,
    device_id      text NOT NULL,
    application_id uuid NOT NULL,
    borrower_key   text NOT NULL,
    journey_id     text NOT NULL,
    version        bigint NOT NULL,
    kind           text NOT NULL,
    channel        text NOT NULL,
    due_at         timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    -- When somebody may take it. Whoever takes it moves this to the end of the lease, and counts the fence up.
    next_at        timestamptz NOT NULL,
    fence          bigint NOT NULL DEFAULT 0,
    -- Calls that were begun, and the last one whose end is known. Between the two lies an answer that was lost.
    begun          integer NOT NULL DEFAULT 0,
    ended          integer NOT NULL DEFAULT 0,
    -- Null as long as something is to be done.
    outcome        text,
    completed_at   timestamptz,
    PRIMARY KEY (change_id, device_id)
);

CREATE INDEX notification_next ON notification (next_at) WHERE outcome IS NULL;
CREATE INDEX notification_journey ON notification (borrower_key, journey_id, device_id, version);
CREATE INDEX notification_completed ON notification (completed_at) WHERE outcome IS NOT NULL;

-- What became of each attempt, on its way to the topic notification-deliveries.
CREATE TABLE delivery (
    change_id    uuid NOT NULL,
    device_id    text NOT NULL,
    attempt      integer NOT NULL,
    outcome      text NOT NULL,
    completed_at timestamptz NOT NULL DEFAULT now(),
    position     bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    published    boolean NOT NULL DEFAULT false,
    PRIMARY KEY (change_id, device_id, attempt),
    FOREIGN KEY (change_id, device_id) REFERENCES notification ON DELETE CASCADE
);

-- A row whose transaction ends late has a low position and is found all the same.
CREATE INDEX delivery_unpublished ON delivery (position) WHERE NOT published;

-- One instance publishes at a time, so that the attempts of one notification stay in order.
CREATE TABLE delivery_publisher (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    owner       uuid,
    lease_until timestamptz NOT NULL DEFAULT '-infinity'
);

INSERT INTO delivery_publisher DEFAULT VALUES;
