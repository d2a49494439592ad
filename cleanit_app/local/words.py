"""Carries the English sentences over into every language, and begins a new one; `make words` calls it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from cleanit_app.i18n.locales import ENGLISH, LANGUAGES, TEMPLATE, Language, catalogue_file, plural_categories

WIDTH = 120
_HINT = "# msgctxt is the key in the code; docs/languages.md says how to translate."
_WRITTEN = datetime(2026, 11, 30, tzinfo=UTC)  # one day for all: a date in each file would conflict with every merge


def carried_over(language: Language) -> str:
    """The file of a language with the keys of the template, in its order, as it should stand on disk.

    What is translated stays; a sentence whose English changed is marked fuzzy and is said in English until somebody
    looked at it; new ones are empty; those that English no longer says are dropped.
    """
    template, old = _read(TEMPLATE, ENGLISH), _old(language)
    fresh = _empty(language)
    for message in template:
        if not message.context:
            continue
        before = old.get(message.context)
        changed = before is not None and before.id != message.id
        flags = {flag for flag in message.flags if flag != "fuzzy"}
        if before is not None and (before.fuzzy or changed):
            flags.add("fuzzy")
        text = (before.string if before is not None else "") or ""
        fresh.add(message.id, _fitting(message, text), context=message.context, flags=flags)
    return _text(fresh)


def template_text() -> str:
    """The template as it should stand on disk: keys in their order, lines of one width, braces marked."""
    fresh = _empty(None)
    for message in _read(TEMPLATE, ENGLISH):
        if message.context:
            fresh.add(message.id, "", context=message.context, flags=_flags(message.id))
    return _text(fresh)


def plural_rule(language: Language) -> str:
    """The ``Plural-Forms`` line of a language, from CLDR."""
    categories, rule = plural_categories(language), Locale.parse(language).plural_form
    if len(categories) == 1:
        return "nplurals=1; plural=0;"
    if len(categories) > 2:
        raise ValueError(f"write the plural rule of {language} into its file by hand")
    return f"nplurals=2; plural=({'n > 1' if rule(0) == rule(1) else 'n != 1'});"


def is_open(message: Message) -> bool:
    """Whether a sentence still waits for a translator."""
    said = message.string or ""
    return message.fuzzy or not all((said,) if isinstance(said, str) else said)


def _old(language: Language) -> dict[str, Message]:
    file = catalogue_file(language)
    found = _read(file, language) if file.exists() else ()
    return {message.context: message for message in found if message.context}


def _read(file: Path, language: Language) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def _empty(language: Language | None) -> Catalog:
    made = Catalog(language, project="Cleanit", version="1", fuzzy=False, creation_date=_WRITTEN, charset="utf-8")
    name = Locale.parse(language).english_name if language else "English, the template of all languages"
    made.header_comment = f"# Cleanit in {name}.\n{_HINT}"
    return made


def _flags(said: str | Sequence[str]) -> set[str]:
    return {"python-brace-format"} if "{" in "".join(said) else set()


def _fitting(message: Message, text: str | Sequence[str]) -> str | tuple[str, ...]:
    """A translation in as many forms as the message has."""
    forms = (text,) if isinstance(text, str) else tuple(text)
    return (forms * 2)[:2] if message.pluralizable else forms[-1]


def _text(made: Catalog) -> str:
    lines = BytesIO()
    write_po(lines, made, width=WIDTH)
    kept = ("Language:", "Plural-Forms:", "MIME-Version:", "Content-Type:", "Content-Transfer-Encoding:")
    rule = f'"Plural-Forms: {plural_rule(str(made.locale))}\\n"' if made.locale else ""
    head, _, rest = lines.getvalue().decode().partition("\n\n")
    said = [line for line in head.splitlines() if not line.startswith('"') or line[1:].startswith(kept)]
    said = [rule if line.startswith('"Plural-Forms') else line for line in said]
    return "\n".join(said) + "\n\n" + rest.strip() + "\n"


def main(arguments: Sequence[str]) -> int:
    """Rewrite the template and the file of each language, and of one more if it is named."""
    TEMPLATE.write_text(template_text(), encoding="utf-8")
    for language in (*LANGUAGES[1:], *arguments):
        file = catalogue_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(carried_over(language), encoding="utf-8")
        left = sum(1 for message in _read(file, language) if message.context and is_open(message))
        sys.stdout.write(f"{language}: {left} sentences to translate\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
