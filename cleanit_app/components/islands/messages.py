"""The form for a message with photos, and the thread it goes into."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.components.icons import icon
from cleanit_app.components.islands.photo_rules import photo_rules
from cleanit_app.components.islands.source import script, word_prop
from cleanit_app.components.lists import each
from cleanit_app.components.photos import photo
from cleanit_app.components.text import Text, attr, t, words
from cleanit_app.domain.business_limits import LIMITS


class MessageForm(rx.Component):
    """See `message_form`."""

    library = script("message_form.jsx")
    tag = "MessageForm"
    url: rx.Var[str]
    name: rx.Var[str]
    choices: rx.Var[list[list[str]]]
    extra: rx.Var[dict[str, str]]
    ready: rx.Var[list[dict[str, str]]]
    note: rx.Var[bool]
    photos: rx.Var[bool]
    most: rx.Var[int]
    photo_rules: rx.Var[dict[str, float]]
    label: rx.Var[str]
    hint: rx.Var[str]
    button: rx.Var[str]
    longest: rx.Var[int]
    words: rx.Var[dict[str, str]]
    on_sent: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def message_form(
    *,
    url: Any,
    label: Any,
    button: Any,
    on_sent: Any,
    name: str = "message",
    hint: Any = "",
    choices: list[list[Any]] | None = None,
    longest: int = LIMITS.support_text_length[1],
    most: int = LIMITS.support_photos,
    **props: Any,
) -> rx.Component:
    """A text with up to ``most`` photos, sent as multipart ``text, photos`` (and ``topic``, ``internal``) to ``url``.

    ``label``, ``button`` and ``hint`` are attributes (see `attr`), ``choices`` pairs of value and attribute. ``extra``
    goes with it as it is; ``ready`` are texts to put in (``{name, text}``); ``note`` offers a note between admins;
    ``photos=False`` takes none. Then ``on_sent`` with the id or code that came back; ``name`` begins the fields' ids.
    """
    return MessageForm.create(
        url=url,
        name=name,
        label=label,
        hint=hint,
        button=button,
        choices=rx.Var.create(choices or []),
        longest=longest,
        most=most,
        photo_rules=photo_rules(),
        words=word_prop("message.", "form.", "start.sending", "field.topic_missing"),
        on_sent=on_sent,
        **props,
    )


def _picture(src: Any) -> rx.Component:
    return photo(src, attr("message.sent_photo"), sized=True, opens=True, ratio="aspect-square w-28 rounded-md")


def _one(row: Any) -> rx.Component:
    """One message: who, when, the words, the photos; one's own at the right, a note between admins tinted."""
    return rx.el.li(
        rx.el.div(
            rx.el.b(words(row.who), class_name="b"),
            rx.el.span(words(row.when), class_name="mute num"),
            class_name="flex flex-wrap justify-between gap-2 t-sm",
        ),
        rx.cond(
            row.internal,
            rx.el.p(icon("eye", 16), t("message.internal_mark"), class_name="row-t t-sm b"),
            rx.fragment(),
        ),
        rx.el.p(row.text, class_name="whitespace-pre-line [overflow-wrap:anywhere] mt-1"),
        each(
            row.articles,
            lambda href: rx.el.a(
                t("message.article"), href=href, class_name="link inline-flex items-center min-h-[44px]"
            ),
        ),
        rx.cond(
            row.photos.length() > 0,
            rx.el.div(each(row.photos, _picture), class_name="flex flex-wrap gap-2 mt-2"),
            rx.fragment(),
        ),
        class_name=rx.cond(
            row.internal,
            "card pad bg-genda-50",
            rx.cond(row.mine, "card pad bg-mor-50 ml-6 sm:ml-16", "card pad mr-6 sm:mr-16"),
        ),
    )


def thread(rows: Any, name: Text) -> rx.Component:
    """The messages of a thread, the oldest first; ``name`` is said of the list to who only listens."""
    return rx.el.section(
        rx.el.h2(words(name), class_name="sr"),
        rx.el.ol(each(rows, _one), class_name="flex flex-col gap-3"),
        custom_attrs={"aria-live": "polite"},
    )
