"""The two places of Reflex's frontend that we change before it is built."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from cleanit_app.paths import PROJECT
from cleanit_app.web.light_jsx import with_light_jsx
from cleanit_app.web.same_origin import talk_to_page_origin

CHANGES = {
    "vite.config.js": (with_light_jsx, "  resolve: {\n    alias: [\n      {},\n    ],\n  },\n"),
    "state.js": (talk_to_page_origin, "  const endpoint = new URL(url_str);\n"),
}


@pytest.mark.parametrize(("change", "source"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_made_once_and_never_missed(change: Callable[[str], str], source: str) -> None:
    changed = change(source)
    assert changed != source
    assert change(changed) == changed
    for unknown in ("", source + source):
        with pytest.raises(RuntimeError, match="has changed"):
            change(unknown)


def test_styles_given_in_pages_are_plain() -> None:
    """`light_jsx` puts them on the element: states, media and nested rules belong into the style sheet."""
    rule = re.compile(r"""style=\{[^}]*["'][&:@>][^ ]|[ (]_(hover|focus|active|before|after|disabled|dark)=""")
    pages = [*PROJECT.glob("cleanit_app/components/**/*.py"), *PROJECT.glob("cleanit_app/pages/**/*.py")]
    assert len(pages) > 50
    assert [str(page) for page in pages if rule.search(page.read_text())] == []
