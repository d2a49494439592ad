"""Lays the built site out in every language: one build, each sentence put in its place.

Pages are compiled with the keys of their sentences (`%%work.title%%`, see `components.text`). Here every document and
every script is written once a language, so that a reader gets the words of one language, before any script has run.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable
from pathlib import Path

from cleanit_app.i18n.built import FIGURES, LANGUAGE, SCRIPTS, document
from cleanit_app.i18n.catalogue import changing_forms_in, forms_in
from cleanit_app.i18n.house_figures import CHANGEABLE, house_figures
from cleanit_app.i18n.locales import LANGUAGES, Language, plural_index

_LITERAL = re.compile(r"""(["'`])%%([\w.]+)%%\1""")
_INSIDE = re.compile(r"%%([\w.]+)%%")
_WITH_VALUES = re.compile(r"%%([\w.]+)\{((?:(?!%%[\w.]+\{).)*?)\}%!", re.DOTALL)  # the innermost
_VALUE = re.compile(r"(\w+)%=(.*?)%;", re.DOTALL)
_BETWEEN_TEXTS = "<!-- -->"
"""React's mark between two texts that it drew beside each other."""


def lay_out(site: Path) -> None:
    """Write the documents and scripts of a build in every language. KeyError for a sentence that is not there."""
    documents = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    drawn = {name: (site / name).read_text(encoding="utf-8") for name in documents}
    built = {path.name: path.read_text(encoding="utf-8") for path in sorted((site / SCRIPTS).glob("*.js"))}
    for language in LANGUAGES:
        folder = f"{SCRIPTS}/{language}-{_edition(language)}"
        moved = _moved_to(folder, built)
        for name, text in drawn.items():
            _write(document(site, language, name), moved(said_in_document(text, language)))
        for name, text in built.items():
            _write(site / folder / name, moved(said_in_script(text, language)))
    for name in built:
        (site / SCRIPTS / name).unlink()


def _edition(language: Language) -> str:
    """Names the words of a language: scripts are kept for a year, so other words need another address."""
    return hashlib.sha256(json.dumps(dict(forms_in(language)), sort_keys=True).encode()).hexdigest()[:8]


def said_in_script(text: str, language: Language) -> str:
    """A script with its sentences: a literal becomes a text, or the list of its plural forms.

    A figure that may change stays as `{house.name}`, for `lang.js` to put in.
    """
    forms = forms_in(language) | changing_forms_in(language)

    def literal(found: re.Match[str]) -> str:
        said = forms[found[2]]
        return json.dumps(said[0] if len(said) == 1 else list(said), ensure_ascii=False)

    text = _LITERAL.sub(literal, text.replace(LANGUAGE, language).replace(FIGURES, _usual_figures()))
    return _INSIDE.sub(lambda found: _in_a_literal(forms[found[1]][-1]), text)


def _usual_figures() -> str:
    """The figures that may change, as they are built in: `name=value;…`."""
    usual = house_figures()
    return ";".join(f"{name}={usual[name]}" for name in sorted(CHANGEABLE))


def _in_a_literal(said: str) -> str:
    """A sentence as it may stand inside a literal, whatever marks begin and end that."""
    return "".join(f"\\u{ord(sign):04x}" if sign in "\"'`\\$\n" else sign for sign in said)


def said_in_document(text: str, language: Language) -> str:
    """A drawn document with its sentences, as React would have drawn them."""
    forms = forms_in(language)

    def filled(found: re.Match[str]) -> str:
        values = {f"{{{name}}}": value for name, value in _VALUE.findall(found[2])}
        n, said = values.get("{n}", ""), forms[found[1]]
        form = plural_index(language, int(n)) if len(said) > 1 and n.isdecimal() else -1
        parts = re.split(r"(\{\w+\})", said[form])
        return _drawn([values[part] if part in values else html.escape(part) for part in parts])

    choice = f'<option lang="{language}" value="{language}"'
    text = text.replace(choice, f'{choice} selected=""')
    text = _INSIDE.sub(lambda found: html.escape(forms[found[1]][-1]), text.replace(LANGUAGE, language))
    while (said := _WITH_VALUES.sub(filled, text)) != text:
        text = said
    return text


def _drawn(parts: list[str]) -> str:
    """A sentence and its values as React draws them: texts as one, a mark where an element's text meets another."""
    drawn, alone = "", False
    for part in filter(None, parts):
        element = part.startswith(("<", _BETWEEN_TEXTS))
        bare = part.removeprefix(_BETWEEN_TEXTS).removesuffix(_BETWEEN_TEXTS)
        meets = drawn and not drawn.endswith(">") and not bare.startswith("<") and (element or alone)
        drawn += (_BETWEEN_TEXTS if meets else "") + bare
        alone = element
    return drawn


def _moved_to(folder: str, built: dict[str, str]) -> Callable[[str], str]:
    """Makes addresses of the built scripts those below the folder of a language."""
    names = "|".join(map(re.escape, sorted(built)))
    address = re.compile(rf"(?<=[\"'`/]){SCRIPTS}/(?={names})")
    return lambda text: address.sub(f"{folder}/", text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
