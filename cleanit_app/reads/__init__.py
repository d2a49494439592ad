"""Questions: what pages and callers may know, as small frozen answers; nothing here changes anything."""
