"""The history of a campaign on the desk is told in words, in each language (CAM-06)."""

from __future__ import annotations

import ast
import re

import pytest

from cleanit_app.i18n.moves import known_moves, why_moved
from cleanit_app.services.review.verification import RejectionReason
from tests.house.source import below
from tests.support.words import in_both

pytestmark = pytest.mark.row("CAM-06")

# The moves of these are told elsewhere: refunds, pay, people, orders.
CAMPAIGNS_AND_JOBS = ("cleanit_app.services.campaigns", "cleanit_app.services.jobs", "cleanit_app.services.review")
OF_PEOPLE = {"fraud case opened"}


def notes() -> set[str]:
    """What services write beside a move of a campaign or a job, up to its first colon."""
    written = {
        keyword.value.value if isinstance(keyword.value, ast.Constant) else _head(keyword.value)
        for package in CAMPAIGNS_AND_JOBS
        for module in below(package).values()
        for call in ast.walk(module)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "why" and isinstance(keyword.value, ast.Constant | ast.JoinedStr)
    }
    return {str(note).partition(":")[0] for note in written if note} - OF_PEOPLE


def _head(text: ast.expr) -> str:
    first = text.values[0] if isinstance(text, ast.JoinedStr) else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def test_every_note_beside_a_move_has_words() -> None:
    assert len(notes()) > 10
    assert {note for note in notes() if not note.startswith("raised ")} <= known_moves()


@pytest.mark.parametrize("note", sorted(known_moves() - {"JOB_EXPIRED"}))
def test_no_note_is_shown_as_it_is_kept(note: str) -> None:
    english, hindi = in_both(lambda: why_moved(note))
    assert note not in (english, hindi)
    assert not re.search("[A-Za-z]", hindi)


def test_amounts_are_rupees() -> None:
    assert in_both(lambda: why_moved("raised 200000 paise")) == ("₹2,000 was raised", "₹2,000 जुड़ गए")


@pytest.mark.parametrize("reason", RejectionReason)
def test_a_reason_of_a_list_is_said(reason: RejectionReason) -> None:
    for kept in (reason.value, f"rejected: {reason}", f"{reason}: the left bank"):
        assert reason.value not in why_moved(kept)


@pytest.mark.parametrize("written", ["It is on private land", "नाली नगर निगम की है", "Note: see the photo"])
def test_what_a_person_wrote_stays(written: str) -> None:
    assert why_moved(written) == written
    assert why_moved(f"given back: {written}").endswith(f": {written}")
