-- A token of the platform may be held by several sessions of a borrower.
ALTER TABLE session_token
    DROP CONSTRAINT session_token_pkey,
    ADD PRIMARY KEY (token_hash, session_id),
    -- Of the platform's tokens that this one is from; 0 for a token of ours.
    ADD COLUMN generation bigint NOT NULL DEFAULT 0;
