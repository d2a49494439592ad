"""A form that signs in or registers: the browser can send it alone, the script sends it in place."""

from typing import Any

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop
from cleanit_app.i18n.built import mark

CODES = (
    "BAD_CREDENTIALS",
    "ACCOUNT_PAUSED",
    "INVALID_FIELDS",
    "BUSY",
    "TRY_LATER",
    "BAD_REQUEST",
    "UNAVAILABLE",
    "INTERNAL",
)
"""What a form that the browser sent alone may come back with; each costs the page some bytes."""


class SessionForm(rx.Component):
    """See `session_form`."""

    library = script("session_form.jsx")
    tag = "SessionForm"
    action: rx.Var[str]
    words: rx.Var[dict[str, str]]
    error_codes: rx.Var[dict[str, str]]


class FormError(rx.Component):
    """See `form_error`."""

    library = script("session_form.jsx")
    tag = "FormError"
    name: rx.Var[str]


class PasswordToggle(rx.Component):
    """See `password_toggle`."""

    library = script("session_form.jsx")
    tag = "PasswordToggle"
    name: rx.Var[str]
    words: rx.Var[dict[str, str]]


def session_form(*children: Any, action: str, **props: Any) -> rx.Component:
    """A native ``<form method=post>``.

    Without scripts the server answers 303, refused forms with ``?error=CODE``. With them it is sent by
    ``fetch`` with ``Accept: application/json``: ``{"next": "/path"}`` is followed (same site only),
    ``{"fields": {name: sentence}}`` is placed at the fields, ``{"detail": sentence}`` on top. The button
    with ``type="submit"`` is busy meanwhile.
    """
    codes = {code: mark(f"error.{code}") for code in sorted(CODES)}
    return SessionForm.create(
        *children,
        action=action,
        words=word_prop("form."),
        error_codes=rx.Var.create(codes),
        **props,
    )


def form_error(name: str) -> rx.Component:
    """Where the form around it puts the error of the field ``name``."""
    return FormError.create(name=name)


def password_toggle(name: str) -> rx.Component:
    """Shows and hides the password typed in the input with this id."""
    return PasswordToggle.create(name=name, words=word_prop("form."))
