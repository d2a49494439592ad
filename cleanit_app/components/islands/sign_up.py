"""The two steps of joining on one page: what one types, then the code that came."""

from typing import Any

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop
from cleanit_app.domain.codes import SEND_AGAIN_AFTER

_WORDS = ("join.code_sent", "join.again", "join.change", "form.failed", "form.no_network")


class JoinSteps(rx.Component):
    """See `join_steps`."""

    library = script("join_steps.jsx")
    tag = "JoinSteps"


class CodeId(rx.Component):
    """See `code_id_field`."""

    library = script("join_steps.jsx")
    tag = "CodeId"


class _Worded(rx.Component):
    library = script("join_steps.jsx")
    words: rx.Var[dict[str, str]]


class SentTo(_Worded):
    """See `sent_to`."""

    tag = "SentTo"


class AnotherCode(_Worded):
    """See `another_code`."""

    tag = "AnotherCode"
    action: rx.Var[str]
    pause: rx.Var[int]


class OtherContact(_Worded):
    """See `other_contact`."""

    tag = "OtherContact"


def join_steps(form: rx.Component, code: rx.Component, **props: Any) -> rx.Component:
    """Shows the first or, when the address says ``?code=``, the second; both stay, so nothing typed is lost.

    All but the password is kept in the tab, so that a reload loses no more than that.
    """
    return JoinSteps.create(form, code, **props)


def code_id_field() -> rx.Component:
    """A hidden field `id` with the id of the code that the address names."""
    return CodeId.create()


def sent_to() -> rx.Component:
    """Where the code went, as it was typed."""
    return SentTo.create(words=word_prop(*_WORDS))


def another_code(action: str) -> rx.Component:
    """A button that has another code sent by posting to ``action``, as often as one may, and says what came of it."""
    pause = int(SEND_AGAIN_AFTER.total_seconds())
    return AnotherCode.create(action=action, pause=pause, words=word_prop(*_WORDS))


def other_contact() -> rx.Component:
    """A button back to the first step."""
    return OtherContact.create(words=word_prop(*_WORDS))
