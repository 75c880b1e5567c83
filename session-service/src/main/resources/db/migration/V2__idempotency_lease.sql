-- A request that is still running holds its key, for so long as it takes to notice that its holder died.
ALTER TABLE idempotency
    ADD COLUMN attempt_id uuid,
    ADD COLUMN lease_until timestamptz NOT NULL DEFAULT now();
