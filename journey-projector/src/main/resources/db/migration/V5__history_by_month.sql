-- The history by months of the records' own time, so that old months go at once and not row by row. The service makes the
-- months ahead; what is of no month that was made, an old record applied again for example, stands in journey_change_other.
ALTER TABLE journey_change RENAME TO journey_change_whole;
ALTER INDEX journey_change_pkey RENAME TO journey_change_whole_pkey;
ALTER INDEX journey_change_position RENAME TO journey_change_whole_position;

CREATE TABLE journey_change (LIKE journey_change_whole) PARTITION BY RANGE (changed_at);
ALTER TABLE journey_change ADD PRIMARY KEY (journey_key, version, changed_at);
CREATE INDEX journey_change_position ON journey_change (partition, position);
CREATE TABLE journey_change_other PARTITION OF journey_change DEFAULT;

INSERT INTO journey_change SELECT * FROM journey_change_whole;

CREATE OR REPLACE VIEW timeline AS
SELECT journey_key, borrower_key, application_id, journey_id, version, before, after, source, platform_at, changed_at
FROM journey_change;

DROP TABLE journey_change_whole;
