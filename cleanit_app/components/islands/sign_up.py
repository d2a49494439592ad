"""The two steps of joining on one page: what one types, then the code that came."""

from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.islands.source import script, word_prop

_WORDS = ("join.code_sent", "join.change")


class JoinSteps(rx.Component):
    """See `join_steps`."""

    library = script("join_steps.jsx")
    tag = "JoinSteps"
    cleaner_pages: rx.Var[list[str]]


class _Worded(rx.Component):
    library = script("join_steps.jsx")
    words: rx.Var[dict[str, str]]


class SentTo(_Worded):
    """See `sent_to`."""

    tag = "SentTo"


class OtherContact(_Worded):
    """See `other_contact`."""

    tag = "OtherContact"


def join_steps(form: rx.Component, code: rx.Component, **props: Any) -> rx.Component:
    """Shows the first or, when the address says ``?code=``, the second; both stay, so nothing typed is lost.

    All but the password is kept in the tab, so that a reload loses no more than that. Who came for a page of cleaners
    finds that choice made.
    """
    return JoinSteps.create(form, code, cleaner_pages=list(routes.OF_CLEANERS), **props)


def sent_to() -> rx.Component:
    """Where the code went, as it was typed."""
    return SentTo.create(words=word_prop(*_WORDS))


def other_contact() -> rx.Component:
    """A button back to the first step."""
    return OtherContact.create(words=word_prop(*_WORDS))
