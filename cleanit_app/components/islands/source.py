"""Where the scripts of the islands come from; all are linked into one folder, so they import each other."""

from typing import Any

import reflex as rx

from cleanit_app.i18n import group

# Every script is linked, also those that only other scripts import.
SCRIPTS = ("lang.js",)
_PATHS = {name: rx.asset(name, shared=True).importable_path for name in SCRIPTS}


def script(name: str) -> str:
    """The import path of one of our scripts."""
    return _PATHS[name]


def island_words(*prefixes: str) -> dict[str, list[str]]:
    """The words an island needs, ``{key: [English, Hindi]}``, from the catalogue keys with these prefixes."""
    return {key: list(both) for prefix in prefixes for key, both in group(prefix).items()}


class Island(rx.Component):
    """A component whose script stands beside this file."""

    words: rx.Var[dict[str, list[str]]]

    @classmethod
    def _words(cls, *prefixes: str) -> Any:
        return rx.Var.create(island_words(*prefixes))
