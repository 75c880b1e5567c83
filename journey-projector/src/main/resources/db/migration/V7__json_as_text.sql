-- JSON that this service alone writes and reads. As jsonb the server parsed it for each row, which took more than all the
-- rest of the write; readers get jsonb from the views. Rewrites both tables, so it takes as long as copying them.
DROP VIEW current_journey, timeline;

ALTER TABLE journey
    ALTER COLUMN details TYPE text,
    ALTER COLUMN core_sequenced TYPE text,
    ALTER COLUMN core_timed TYPE text,
    ALTER COLUMN details_sequenced TYPE text,
    ALTER COLUMN details_timed TYPE text;

ALTER TABLE journey_change
    ALTER COLUMN before TYPE text,
    ALTER COLUMN after TYPE text;

CREATE VIEW current_journey AS
SELECT journey_key, borrower_key, application_id, journey_id, type, status, next_action, details::jsonb AS details,
       version, source, platform_at, changed_at, fresh_as_of
FROM journey
WHERE version > 0;

CREATE VIEW timeline AS
SELECT journey_key, borrower_key, application_id, journey_id, version, before::jsonb AS before, after::jsonb AS after,
       source, platform_at, changed_at
FROM journey_change;

GRANT SELECT ON current_journey, timeline TO bj_journey_reader;
