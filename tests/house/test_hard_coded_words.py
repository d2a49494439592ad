"""No sentence is typed into a page or a script: what people read is a key of the catalogue (LNG-03)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
import reflex as rx
from reflex.components.base.bare import Bare

from cleanit_app.i18n import LANGUAGES
from cleanit_app.i18n.locales import language_name
from cleanit_app.pages import PAGES
from tests.components.sources import scripts

_WORD = re.compile(r"[^\W\d_]{2,}")
_MARK = re.compile(r"%%@?[\w.]+%%")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
READ_ALOUD = ("aria_label", "alt", "title", "placeholder", "label")
# The same in every language: names, a kind of file, the scheme of an address, and how a PAN and an IFSC look.
NAMES = {"Cleanit", "PDF", "mailto", "ABCPE1234F", "SBIN0001234", *(language_name(one) for one in LANGUAGES)}
_NAME = re.compile("|".join(map(re.escape, sorted(NAMES))))


def _typed(text: str) -> bool:
    plain = re.sub(r"\\u[0-9a-f]{4}", "", _MARK.sub("", text))
    return bool(_WORD.search(_NAME.sub("", plain)))


def _below(component: Any) -> Iterator[Any]:
    yield component
    for child in getattr(component, "children", None) or ():
        yield from _below(child)
    for part in component._get_components_in_props() if hasattr(component, "_get_components_in_props") else ():
        yield from _below(part)


def _literals(value: Any) -> Iterator[str]:
    """The texts in an expression that a page shows; not the values it compares with nor the names it asks for."""
    text = re.sub(
        r'\[\s*"[^"]*"\s*\]|hasOwnProperty\("[^"]*"\)|\?\.\["[^"]*"\]|[!=]==?\s*"[^"]*"|case \(?JSON\S*', "", str(value)
    )
    yield from _LITERAL.findall(text)


def words_of(page: rx.Component) -> set[str]:
    """The words typed into a page: children and what is read aloud of attributes."""
    found: set[str] = set()
    for part in _below(page):
        if isinstance(part, Bare):
            found |= {text for text in _literals(part.contents) if _typed(text)}
        for name in READ_ALOUD:
            if (value := getattr(part, name, None)) is not None and not isinstance(value, bool):
                found |= {text for text in _literals(value) if _typed(text)}
    return found


@pytest.mark.row("LNG-03")
@pytest.mark.parametrize("module", PAGES, ids=lambda module: module.ROUTE)
def test_no_word_is_typed_into_a_page(module: ModuleType) -> None:
    assert words_of(module.page()) == set()


@pytest.mark.row("LNG-03")
@pytest.mark.parametrize("name", sorted(scripts()))
def test_no_word_is_typed_into_a_script(name: str) -> None:
    text = re.sub(r"(?<![:\"'])//.*$|/\*.*?\*/", "", scripts()[name], flags=re.M | re.S)
    shown = re.findall(r">\s*([A-Z][a-z]+(?: [a-z]+)*[^<>{}();=]*)\s*</", text)
    shown += re.findall(r'\b(?:aria-label|alt|title|placeholder)="([^"]*[A-Za-z]{2,}[^"]*)"', text)
    assert [words for words in shown if words.strip() not in NAMES] == []


def test_the_search_finds_words() -> None:
    page = rx.el.div(
        rx.el.p("Hello there"), rx.el.img(alt="A wall"), rx.cond(rx.Var("x"), rx.text("Maybe"), "%%nav.me%%")
    )
    assert {"Hello there", "A wall", "Maybe"} <= words_of(page)
    assert words_of(rx.el.p("%%nav.me%%", "₹500", rx.Var("state.title"))) == set()
