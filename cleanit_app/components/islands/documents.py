"""The form with which a cleaner hands in an ID."""

from typing import Any

import reflex as rx

from cleanit_app.components.islands.photo_rules import photo_rules
from cleanit_app.components.islands.source import script, word_prop
from cleanit_app.domain.identity import DocumentKind


class DocumentForm(rx.Component):
    """See `document_form`."""

    library = script("document_form.jsx")
    tag = "DocumentForm"
    url: rx.Var[str]
    kinds: rx.Var[list[str]]
    photo_rules: rx.Var[dict[str, float]]
    words: rx.Var[dict[str, str]]
    on_sent: rx.EventHandler[rx.event.no_args_event_spec]


def document_form(*, url: str, on_sent: Any) -> rx.Component:
    """Kind, number and photo of an ID, sent as multipart ``kind, number, photo`` to ``url``; then ``on_sent``."""
    words = word_prop("identity.", "form.", "field.document_number")
    kinds = [kind.value for kind in DocumentKind]
    return DocumentForm.create(url=url, kinds=kinds, photo_rules=photo_rules(), words=words, on_sent=on_sent)
