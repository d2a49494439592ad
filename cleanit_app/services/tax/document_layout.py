"""Setting papers: Typst sets a template's words as a PDF that screen readers read, in every script of India."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

FONTS, TEMPLATES = Path(__file__).parent / "fonts", Path(__file__).parent / "templates"
FIRST_FONT, LAST_FONT = "Cleanit Paper", "Noto Emoji"
_UNSEEN, _SILENT = {"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"}, " "  # what prints nothing by itself needs no name


def set_paper(template: str, content: Mapping[str, Any], *, named_note: str) -> bytes:
    """The PDF of a paper, the same bytes for the same content; `named_note` stands at its end when a word was named.

    PDF/UA-1: with its title and language, tagged, its fonts inside. The standard refuses a letter that no font has, so
    no paper ever shows an empty box; such letters are named in brackets before.
    """
    plain = json.loads(json.dumps(content))
    printed = _printable(plain)
    if str(printed).count("[") != str(plain).count("["):  # something was named
        printed["notes"].append(named_note)
    made = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps({**printed, "fonts": _families()})},
        format="pdf",
        pdf_standards=["ua-1"],
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} made no single file")
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@lru_cache(maxsize=1)
def _families() -> list[str]:
    """All families, in the order in which a letter looks for its font: our own first, pictures last."""
    between = set(_fonts().families()) - {FIRST_FONT, LAST_FONT}
    return [FIRST_FONT, *sorted(between), LAST_FONT]


@lru_cache(maxsize=1)
def printed_letters() -> frozenset[str]:
    """Every character that some font of papers has, as `make_paper_fonts` listed them."""
    ranges = (line.split("-") for line in (FONTS / "letters.txt").read_text(encoding="ascii").split())
    return frozenset(chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))


def _printable(value: Any) -> Any:
    """The same content with every word printable, however deep it lies."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value]


def printable(text: str) -> str:
    """A text whose letters all have a font; others are named: `[Tibetan]` for a run of letters, `[snowflake]`."""
    whole = unicodedata.normalize("NFC", text)
    apart = "".join(
        c if c in printed_letters() else unicodedata.normalize("NFD", c) for c in whole
    )  # ṭ without its dot
    letters = ((letter, _named(letter)) for letter in apart)
    said = [(letter, name) for letter, name in letters if name != _SILENT]
    runs = groupby(said, key=lambda one: one[1])
    return "".join(f"[{name}]" if name else "".join(letter for letter, _ in run) for name, run in runs)


def _named(letter: str) -> str:
    """Nothing for a letter that has a font; else its script, a sign's own name, or the code of one without a name."""
    if letter in printed_letters() or letter == "\n":
        return ""
    kind, name = unicodedata.category(letter), unicodedata.name(letter, "")
    if kind in _UNSEEN:
        return _SILENT
    if not name:
        return f"U+{ord(letter):04X}"
    return name.lower() if kind.startswith("S") else name.split(" ")[0].split("-")[0].title()
