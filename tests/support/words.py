"""Sentences by key for tests that look at all of them: the English one and the Hindi one."""

from __future__ import annotations

from collections.abc import Callable

from cleanit_app.i18n.catalogue import KEYS, sentence, speaking

WORDS: dict[str, tuple[str, str]] = {key: (sentence(key, "en"), sentence(key, "hi")) for key in sorted(KEYS)}
"""Key → (English, Hindi), of sentences that count the form for many."""


def in_both(make: Callable[[], str]) -> tuple[str, str]:
    """What is made once in English and once in Hindi."""
    with speaking("en"):
        english = make()
    with speaking("hi"):
        return english, make()
