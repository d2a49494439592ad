"""Why a campaign or a job moved, as one would tell it: the words of the history are the house's own, or a person's."""

from __future__ import annotations

import re

from cleanit_app.i18n.acts import code_words
from cleanit_app.i18n.amounts import rupees
from cleanit_app.i18n.catalogue import say

# What the new state says by itself.
_SAYS_NOTHING = {"started", "approved", "funded", "after-photo handed in", "registered"}
_MOVES = {
    "creator was approved before": "moved.known",
    "time is over": "moved.time_over",
    "time is over, enough was raised": "moved.enough",
    "time ran out": "moved.ran_out",
    "JOB_EXPIRED": "moved.ran_out",
    "cleaner suspended": "moved.paused",
    "another try": "moved.retry",
    "not accepted": "moved.not_accepted",
    "rejected": "moved.not_accepted",
    "given back": "moved.given_back",
    "approval taken back": "moved.taken_back",
    "half-done": "moved.half",
    "appeal upheld": "moved.heard",
    "cleaner paid": "moved.paid",
    "pay came back": "moved.came_back",
    "cancelled by its creator": "moved.by_creator",
    "its creator's account was deleted": "moved.creator_gone",
}
_RAISED = re.compile(r"raised (\d+) paise")


def why_moved(why: str) -> str:
    """The reason of one move in the language spoken: never a note of the house; a person's words stay."""
    if why in _SAYS_NOTHING:
        return ""
    if raised := _RAISED.fullmatch(why):
        return say("moved.raised", amount=rupees(int(raised[1])))
    if why in _MOVES:
        return say(_MOVES[why])
    head, colon, said = why.partition(": ")
    if colon and head in _MOVES:
        return f"{say(_MOVES[head])}: {code_words(said)}"
    return f"{code_words(head)}{colon}{said}" if head.isupper() else why


def known_moves() -> set[str]:
    """The notes of the house that have words here."""
    return _SAYS_NOTHING | set(_MOVES)
