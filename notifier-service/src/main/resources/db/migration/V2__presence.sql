-- Who has a stream open. Written anew three times a minute, so a crash may empty it.
CREATE UNLOGGED TABLE open_stream (
    borrower_key text PRIMARY KEY,
    since        timestamptz NOT NULL DEFAULT now(),
    seen_at      timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70);

-- since is when the borrower came; a stream that is opened again within a minute goes on.
CREATE VIEW presence AS
SELECT borrower_key, since, seen_at
FROM open_stream
WHERE seen_at > now() - INTERVAL '60 seconds';

GRANT SELECT ON presence TO bj_journey_reader;
