-- For the count of active journeys, which looks at the last month only. BRIN, because any other index on a column that
-- each change touches would end the heap-only updates of this table.
CREATE INDEX journey_changed ON journey USING brin (changed_at) WITH (pages_per_range = 32, autosummarize = on);
