"""Words on a page: both languages are in it, the style sheet shows the reader's."""

from string import Formatter
from typing import Any, TypeAlias, TypeGuard

import reflex as rx
from reflex.vars import VarData

from cleanit_app.components.islands.source import script
from cleanit_app.i18n import Both, Language, say
from cleanit_app.i18n.catalogue import counts, sentence

# What a component takes as text: ready words, a Var of a string or of a Both, a Both, or t(...).
Text: TypeAlias = str | Both | rx.Var[Any] | rx.Component


def _is_var_of_both(value: object) -> TypeGuard[rx.Var[Any]]:
    return isinstance(value, rx.Var) and value._var_type is Both


def _half(value: Any, lang: Language) -> Any:
    """The part of a value that belongs to one language; other values serve both."""
    if isinstance(value, Both) or _is_var_of_both(value):
        return getattr(value, lang)
    return value


def _filled(key: str, lang: Language, values: dict[str, Any]) -> list[Any]:
    """The sentence of a key as children: its words and, in their places, the values."""
    children: list[Any] = []
    for words, name, _, _ in Formatter().parse(sentence(key, lang, values.get("n"))):
        if words:
            children.append(words)
        if name:
            value = _half(values[name], lang)
            children.append(value if isinstance(value, rx.Var | rx.Component) else str(value))
    return children


def _spans(en: list[Any], hi: list[Any], class_name: Any = "") -> rx.Component:
    return rx.fragment(
        rx.el.span(*en, lang="en", class_name=f"en {class_name}".strip()),
        rx.el.span(*hi, lang="hi", class_name=f"hi {class_name}".strip()),
    )


def t(key: str, **values: Any) -> rx.Component:
    """The words of a catalogue key in both languages.

    Values fill the braces of the sentence: strings, numbers, Vars, components, a ``Both`` or a Var of one. When ``n``
    is a Var the browser chooses between the words for one and for many.
    """
    n = values.get("n")
    if isinstance(n, rx.Var) and counts(key):
        single = {**values, "n": 1}
        return rx.cond(n == 1, _spans(_filled(key, "en", single), _filled(key, "hi", single)), _of_many(key, values))
    return _of_many(key, values)


def _of_many(key: str, values: dict[str, Any]) -> rx.Component:
    return _spans(_filled(key, "en", values), _filled(key, "hi", values))


def both(value: Both | rx.Var[Any]) -> rx.Component:
    """A pair made on the server, shown in the reader's language."""
    return _spans([value.en], [value.hi])  # type: ignore[union-attr]  # a Var of Both has both halves


def words(text: Text) -> Any:
    """Any kind of text as a child of an element."""
    return both(text) if isinstance(text, Both) or _is_var_of_both(text) else text


def lang_var() -> rx.Var[str]:
    """The reader's language inside the browser, ``"en"`` or ``"hi"``; no State and no round trip."""
    return rx.Var(
        "cleanitLang",
        _var_type=str,
        _var_data=VarData(
            imports={script("lang.js"): [rx.ImportVar(tag="useLang")]},
            hooks={"const cleanitLang = useLang();": None},
        ),
    )


def attr(key: str, **values: Any) -> rx.Var[str]:
    """The words of a key for an attribute (alt, placeholder, title), where two spans cannot stand."""
    if any(isinstance(value, rx.Var) for value in values.values()):
        return rx.cond(lang_var() == "hi", _joined(key, "hi", values), _joined(key, "en", values))
    return rx.cond(lang_var() == "hi", say(key, "hi", **values), say(key, "en", **values))


def _joined(key: str, lang: Language, values: dict[str, Any]) -> rx.Var[str]:
    text: Any = rx.Var.create("")
    for piece in _filled(key, lang, values):
        text = text + (piece.to_string(use_json=False) if isinstance(piece, rx.Var) else piece)
    return text


def attr_of(value: str | Both | rx.Var[Any]) -> str | rx.Var[str]:
    """A server-made text for an attribute, in the reader's language."""
    if isinstance(value, Both) or _is_var_of_both(value):
        return rx.cond(lang_var() == "hi", value.hi, value.en)  # type: ignore[union-attr]
    return value


def hidden(text: Text) -> rx.Component:
    """Words for people who listen, not drawn on the page."""
    return rx.el.span(words(text), class_name="sr")
