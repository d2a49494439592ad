"""Signing out, and what the phone forgets with it."""

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.islands.source import script, word_prop


class SignOut(rx.Component):
    """See `sign_out`."""

    library = script("sign_out.jsx")
    tag = "SignOut"
    action: rx.Var[str]
    owner: rx.Var[str]
    start_url: rx.Var[str]
    proof_url: rx.Var[str]
    words: rx.Var[dict[str, str]]


def sign_out(*children: Any, owner: Any) -> rx.Component:
    """A form that signs out and lets this phone forget what it keeps of the person `owner` (an id).

    What was not sent is named first, and nothing of it goes before the person has said so.
    """
    return SignOut.create(
        *children,
        action=routes.SEND_LOGOUT,
        owner=owner,
        start_url=routes.START,
        proof_url=routes.proof("JOB"),
        words=word_prop("leave.", "form."),
    )
