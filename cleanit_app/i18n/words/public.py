"""Words of the pages of this area; their authors add them here."""

WORDS: dict[str, tuple[str, str]] = {}
