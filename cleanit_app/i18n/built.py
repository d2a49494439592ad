"""How the built site names a sentence that is put in later, `%%work.title%%`, and where it lies in each language."""

from __future__ import annotations

from pathlib import Path

from cleanit_app.i18n.locales import ENGLISH, Language

LANGUAGE = "%%@language%%"
"""Stands for the language of the document itself."""

FIGURES = "%%@figures%%"
"""Stands for the figures of the house that may change, as they are built in."""

SHELL = "__spa-fallback.html"
"""The document of every address that has no built page of its own."""

NOT_FOUND = "404.html"
SCRIPTS = "assets"
"""The folder of scripts; those of a language lie in a folder of its own in it."""


def mark(key: str) -> str:
    """What stands for the sentence of a key until the language is known."""
    return f"%%{key}%%"


def document(site: Path, language: Language, name: str) -> Path:
    """Where a document lies in a language; the English ones lie at the root of the site."""
    return site / name if language == ENGLISH else site / language / name
