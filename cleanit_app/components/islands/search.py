"""A search box that asks while one types."""

from typing import Any

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop


class SearchBox(rx.Component):
    """See `search_box`."""

    library = script("search_box.jsx")
    tag = "SearchBox"
    action: rx.Var[str]
    name: rx.Var[str]
    value: rx.Var[str]
    words: rx.Var[dict[str, str]]
    on_search: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def search_box(
    *hidden: Any, action: str, value: Any, on_search: Any, name: str = "q", class_name: str = ""
) -> rx.Component:
    """Words to look for; ``on_search`` gets them trimmed, a moment after the last letter or at once on Enter.

    Without scripts it is a form that opens ``action`` with the words under ``name``.
    """
    return SearchBox.create(
        *hidden,
        action=action,
        name=name,
        value=value,
        on_search=on_search,
        words=word_prop("search."),
        class_name=class_name,
    )
