"""Sentences by key for tests that look at all of them: the English one and the Hindi one."""

from __future__ import annotations

from cleanit_app.i18n.catalogue import KEYS, sentence

WORDS: dict[str, tuple[str, str]] = {key: (sentence(key, "en"), sentence(key, "hi")) for key in sorted(KEYS)}
"""Key → (English, Hindi), of sentences that count the form for many."""
