"""The terms as one text in each language: what somebody accepts is kept as its hash (LAW-06)."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from cleanit_app.i18n.catalogue import KEYS, figures_known, sentence
from cleanit_app.i18n.locales import LANGUAGES, Language


def terms_text(language: Language) -> str:
    """All words of the terms in one language, in the order of their keys."""
    return "\n".join(f"{key}: {sentence(key, language)}" for key in sorted(KEYS) if key.startswith("terms."))


def terms_hash() -> bytes:
    """SHA-256 of the text in each language, in the order of their codes: it changes with any word that is accepted."""
    return _hash_with(tuple(figures_known().items()))


@lru_cache(maxsize=8)
def _hash_with(_figures: tuple[tuple[str, str], ...]) -> bytes:
    return b"".join(hashlib.sha256(terms_text(language).encode()).digest() for language in sorted(LANGUAGES))
