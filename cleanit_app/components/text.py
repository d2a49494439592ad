"""Words on a page: compiled as the key of a sentence, put in for each language when the site is laid out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeAlias

import reflex as rx
from reflex.vars import VarData

from cleanit_app.components.islands.source import script
from cleanit_app.i18n.built import mark
from cleanit_app.i18n.catalogue import CHANGING, placeholders, sentence
from cleanit_app.i18n.locales import ENGLISH

# What a component takes as text: ready words, a Var of a string, or t(...).
Text: TypeAlias = str | rx.Var[Any] | rx.Component


def _known(key: str, values: Collection[str]) -> str:
    """What stands for a key; KeyError when there is no such key, or when it wants values that are not given."""
    if missing := placeholders(sentence(key, ENGLISH)) - set(values):
        raise KeyError(f"{key} wants {sorted(missing)}")
    return mark(key)


class Sentence(rx.Component):
    """A sentence with values in it, as the browser puts them together."""

    library = script("lang.js")
    tag = "Sentence"

    words: rx.Var[str]
    values: rx.Var[dict[str, Any]]


def t(key: str, **values: Any) -> rx.Component:
    """The words of a catalogue key in the language of the page.

    Values fill the braces of the sentence: strings, numbers, Vars, components. ``n`` chooses between the words for one
    and for many.
    """
    if not values and key not in CHANGING:
        return rx.fragment(_known(key, values))
    return Sentence.create(words=_known(key, values), values=_given(values))


def words(text: Text) -> rx.Component:
    """Any kind of text as a child of an element."""
    return text if isinstance(text, rx.Component) else rx.fragment(text)


def attr(key: str, **values: Any) -> rx.Var[str]:
    """The words of a key as text, for an attribute (alt, placeholder, title) or a script."""
    if not values and key not in CHANGING:
        return rx.Var.create(_known(key, values))
    given = _given(values)
    return rx.Var(
        f"say({rx.Var.create(_known(key, values))!s}, {given!s})",
        _var_type=str,
        _var_data=VarData.merge(
            given._get_all_var_data(), VarData(imports={script("lang.js"): [rx.ImportVar(tag="say")]})
        ),
    )


def _given(values: dict[str, Any]) -> rx.Var[dict[str, Any]]:
    """Values by name as the browser takes them; what is no number, Var or component is text."""
    ready = {
        name: value if isinstance(value, rx.Var | rx.Component | int | float) else str(value)
        for name, value in values.items()
    }
    return rx.Var.create(ready)


def tab_title(key: str) -> str:
    """What a tab is called, the page's name before the house's; the front page's own name holds both."""
    said = _known(key, ())
    return said if key == "title.home" else f"{said} · Cleanit"


def hidden(text: Text) -> rx.Component:
    """Words for people who listen, not drawn on the page."""
    return rx.el.span(words(text), class_name="sr")


def about(first: Text, *more: Text) -> rx.Component:
    """What a row's link or button is for, read out after its words: those of all rows would share one name else."""
    return hidden(rx.fragment(" ", words(first), *[rx.fragment(", ", words(one)) for one in more]))
