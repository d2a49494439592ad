"""What people type is read, never cleaned: one reader a kind, which keeps a value or says what is wrong (SEC-04).

`components/islands/reading.js`, `identifiers.js` and `words.js` hold the same rules for the browser; one table of
cases, `tests/reading.json`, is read by the tests of both. A reader folds digits of other scripts, drops signs that
nobody sees and what stands around a pasted value, and refuses all that it does not understand: it never deletes it.
"""
