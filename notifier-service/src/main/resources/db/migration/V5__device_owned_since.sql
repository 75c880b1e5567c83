-- Since when the device has been the borrower's without a break. registered_at is renewed at each start of the app.
ALTER TABLE device ADD COLUMN owned_since timestamptz;
UPDATE device SET owned_since = registered_at;
ALTER TABLE device ALTER COLUMN owned_since SET NOT NULL;
