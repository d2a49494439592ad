"""The answers that are ready at the support desk as the contract shows them to seniors."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import WithJsonSchema

from cleanit_app.api.schemas.base import In, MaybeText, Moment, Out, Text, Truth

_WORDS = {"type": "object", "properties": {"topic": {"type": "string"}, "text": {"type": "string"}}}
WordsByLanguage = Annotated[Any, WithJsonSchema({"type": "object", "additionalProperties": _WORDS})]


class CannedWordsOut(Out):
    """An answer in one language; figures of the house stand in it as `{house.refund_days_most}`."""

    topic: str
    text: str


class CannedChangeOut(Out):
    """One change: words of its own before and after by language, who made it, when and why."""

    was: dict[str, CannedWordsOut]
    was_retired: bool
    words: dict[str, CannedWordsOut]
    retired: bool
    made_at: Moment
    made_by_name: str
    why: str


class CannedAnswerOut(Out):
    """One answer: `words` that count, `own` languages in which a senior wrote them; `version` to change it by."""

    answer: str
    shipped: bool
    version: UUID | None
    words: dict[str, CannedWordsOut]
    own: list[str]
    retired: bool
    changes: list[CannedChangeOut]


class CannedAnswersOut(Out):
    """Every answer, retired ones too."""

    items: list[CannedAnswerOut]


class CannedAddedOut(Out):
    """The name under which a new answer is changed."""

    answer: str


class CannedAnswerIn(In):
    """Words by language (en, hi, mr) of a new answer, and why."""

    words: WordsByLanguage = None
    why: Text = None


class CannedChangeIn(CannedAnswerIn):
    """Also whether it is offered no more; `seen` is the version that was shown, so that two do not cross."""

    retired: Truth = None
    seen: MaybeText = None
