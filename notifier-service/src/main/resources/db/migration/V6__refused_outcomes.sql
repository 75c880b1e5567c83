-- Why the topic will never know of it; null for all that it does or will know of.
ALTER TABLE delivery ADD COLUMN refusal text;
