-- What an index of an older version has in other tables, moved to those of schema.sql; nothing where it is new.
DROP INDEX IF EXISTS entry_folded;
DROP INDEX IF EXISTS entry_until;
DROP TABLE IF EXISTS trigrams;
INSERT INTO parts (parts) VALUES ('delete-all');
INSERT INTO parts (rowid, folded) SELECT id, folded FROM entry WHERE field <> 'definition';
