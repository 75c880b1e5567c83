-- Whose service reaches the browser; null for other channels, and for what was registered before, until it comes again.
ALTER TABLE device ADD COLUMN push_host text;
