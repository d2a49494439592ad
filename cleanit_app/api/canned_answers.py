"""The answers that are ready at the support desk over REST: read, written anew, added and retired (OPS-01)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from cleanit_app.api import queries
from cleanit_app.api.dependencies import asking, changing
from cleanit_app.api.schemas.base import answer
from cleanit_app.api.schemas.canned_answers import (
    CannedAddedOut,
    CannedAnswerIn,
    CannedAnswerOut,
    CannedAnswersOut,
    CannedChangeIn,
    CannedChangeOut,
    CannedWordsOut,
)
from cleanit_app.domain.canned_answers import CannedWords
from cleanit_app.i18n.canned_answers import own_words, words_that_count
from cleanit_app.reads.support.canned_answers import CannedChange, CannedItem, canned_answers_with_history
from cleanit_app.services.support.canned_answers import add_canned_answer, change_canned_answer

router = APIRouter(prefix="/api/admin/canned-answers", tags=["admin"])


@router.get("", response_model=CannedAnswersOut)
def list_answers(request: Request) -> Response:
    """Every answer that is ready, shipped and own, retired ones too, with who changed what when."""
    with asking(request) as call:
        found = canned_answers_with_history(call.uow, actor=call.actor)
        return answer(CannedAnswersOut(items=[_out(one) for one in found]))


@router.post("", status_code=201, response_model=CannedAddedOut)
def add(request: Request, body: CannedAnswerIn) -> Response:
    """Make another answer ready; 403 without the second factor."""
    with changing(request) as call:
        made = add_canned_answer(call.uow, actor=call.actor, words=_typed(body.words), why=body.why)
        out = CannedAddedOut(answer=made.answer)
    return answer(out, 201)


@router.put("/{canned}", status_code=204)
def change(request: Request, canned: str, body: CannedChangeIn) -> Response:
    """Give an answer other words, offer it no more or again; what is left out stays as it is.

    A language left out of `words` speaks the shipped ones, or another language.
    """
    with changing(request) as call:
        change_canned_answer(
            call.uow,
            actor=call.actor,
            answer=canned,
            words=None if body.words is None else own_words(canned, _typed(body.words)),
            retired=None if body.retired is None else queries.truth(body.retired, "retired"),
            why=body.why,
            seen=body.seen,
        )
    return Response(status_code=204)


def _typed(words: Any) -> dict[str, Mapping[str, object]]:
    """Words by language as they came; another shape is no words."""
    return {str(lang): one for lang, one in words.items() if isinstance(one, dict)} if isinstance(words, dict) else {}


def _words(words: Mapping[str, CannedWords]) -> dict[str, CannedWordsOut]:
    return {lang: CannedWordsOut.of(one) for lang, one in words.items()}


def _out(one: CannedItem) -> CannedAnswerOut:
    return CannedAnswerOut.of(
        one,
        words=_words(words_that_count(one.answer, one.words)),
        own=list(one.words),
        changes=[_change(change) for change in one.changes],
    )


def _change(one: CannedChange) -> CannedChangeOut:
    version = one.version
    return CannedChangeOut(
        was=_words(one.was),
        was_retired=one.was_retired,
        words=_words(version.words),
        retired=version.retired,
        made_at=version.made_at,
        made_by_name=one.made_by_name,
        why=one.why,
    )
