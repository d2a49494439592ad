"""Lists of ids as people paste them: one after another, each alone or as the address of its page."""

from __future__ import annotations

import re
from uuid import UUID

from cleanit_app.domain.reading.signs import Unreadable, folded

_ID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_ALONE = re.compile(rf"(?:https?://[^\s/]+)?(?:/[a-z/]+/)?({_ID})/?", re.I | re.A)
_BETWEEN = re.compile(r"[\s,;]+")


def pasted_ids(typed: object) -> tuple[UUID, ...]:
    """The ids in a text or a list of texts, each once, in their order; Unreadable names the first that is none."""
    parts = typed if isinstance(typed, list) else [typed or ""]
    words = [word for part in parts for word in _BETWEEN.split(folded(part)) if word]
    found = {word: _ALONE.fullmatch(word) for word in words}
    for word, match in found.items():
        if match is None:
            raise Unreadable("bulk_id", what=word[:60])
    return tuple(dict.fromkeys(UUID(match[1]) for match in found.values() if match))
