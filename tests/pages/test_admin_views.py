"""What admins read: signals with their number, flags with the innocent reason, money with its state."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from cleanit_app.domain.calendar import business_days_between
from cleanit_app.domain.pay import PayStands
from cleanit_app.domain.statuses import AccountCheckStatus, JobStatus, KycStatus, PayoutStatus, RefundStatus
from cleanit_app.i18n import say, speaking
from cleanit_app.i18n.formats import lasted
from cleanit_app.pages.admin.money.views import payout_row, refund_row, short_name
from cleanit_app.pages.admin.people.people.state import cleaner_view
from cleanit_app.pages.admin.review.verification_job.view import (
    check_view,
    flag_views,
    flagged_points,
    points_of,
    signal_views,
)
from cleanit_app.pages.admin.review.verification_queue import queue_parts
from cleanit_app.reads.ledger.money_lists import PayoutToDo, RefundToDo
from cleanit_app.reads.people.people import WaitingCleaner
from cleanit_app.reads.photos.photos import PhotoView
from cleanit_app.reads.review.verification import CleanerFigures, PhotoEvidence, QueueGroup, VerificationItem
from tests.support.words import in_both

ONE = UUID(int=1)
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
PHOTO = PhotoView(ONE, "campaigns/1", (160, 320, 800), 800, 600, None, NOW - timedelta(days=9))
GOOD = PhotoEvidence(
    "E3", (26.84, 80.94), 127, 9.0, NOW - timedelta(hours=51, minutes=6), NOW - timedelta(hours=51), 140.0, 38.0
)
WHO = CleanerFigures(ONE, "Ramesh Pal", NOW - timedelta(days=200), KycStatus.ACTIVE, 0.94, 4.7, 32, 1, 1, 1, False)
ITEM = VerificationItem(
    job_id=ONE, campaign_id=ONE, title="Picnic litter", address="Nehru Bal Park, Rajajipuram, Lucknow",
    place=(26.8393, 80.8841), status=JobStatus.COMPLETED, group=QueueGroup.URGENT, waiting_seconds=51 * 3600,
    before=PHOTO, before_by="Asha Verma", before_place=None, after=PHOTO, evidence=GOOD, flags=(),
    claimed_at=NOW - timedelta(days=6, hours=14), completed_at=NOW - timedelta(hours=51), attempt=1,
    last_rejection=None, cleaner=WHO, raised_paise=800_000, contributor_count=23, pay_paise=760_000,
    fee_paise=40_000, fee_bps=500, payout_on=NOW + timedelta(days=1), own_interest=False, checklist={}, notes=None,
)  # fmt: skip


@pytest.mark.row("VER-07")
@pytest.mark.parametrize("decided", [replace(ITEM, status=JobStatus.VERIFIED), replace(ITEM, decision_pending=True)])
def test_a_decided_photo_waits_for_nobody(decided: VerificationItem) -> None:
    view = check_view(decided, NOW)
    assert (view.waits, view.waiting) == (False, "")


@pytest.mark.row("VER-08")
def test_the_queue_names_who_looks_to_others_alone() -> None:
    taken = replace(ITEM, reviewer_id=ONE, reviewer="Meera Joshi")
    told = {me: queue_parts((taken,), me)[0].rows[0].turn_of for me in (str(ONE), str(UUID(int=2)))}
    assert told == {str(ONE): "", str(UUID(int=2)): "Meera Joshi"}


@pytest.mark.row("VER-02")
def test_a_good_photo_passes_every_signal() -> None:
    view = check_view(ITEM, NOW)
    assert [(s.name, s.tone) for s in signal_views(ITEM)] == [
        ("place", "pass"), ("after_claim", "pass"), ("not_reused", "pass"), ("sharp_bright", "pass"),
        ("photo_time", "pass"),
    ]  # fmt: skip
    assert (view.pay, view.fee, view.raised, view.age, view.far) == ("₹7,600", "₹400", "₹8,000", "late", False)
    assert view.waiting == "Waiting 51 h"
    assert view.after == "/files/campaigns/1/800.webp"
    assert len(points_of(ITEM)) == 2


@pytest.mark.row("VER-02")
@pytest.mark.parametrize(("minutes", "tone"), [(0, "look"), (14, "look"), (15, "pass"), (-1, "fail")])
def test_a_photo_right_after_the_claim_is_worth_a_look(minutes: int, tone: str) -> None:
    assert GOOD.taken_at is not None
    soon = replace(ITEM, claimed_at=GOOD.taken_at - timedelta(minutes=minutes))
    assert [s.tone for s in signal_views(soon) if s.name == "after_claim"] == [tone]


@pytest.mark.row("VER-02")
def test_a_newcomer_has_no_rating_of_nothing() -> None:
    new = replace(WHO, completion_rate=None, rating=None, verified_count=0, rejected_count=0, released_count=0)
    assert check_view(replace(ITEM, cleaner=new), NOW).rating == "–"
    assert check_view(ITEM, NOW).rating == "4.7"


@pytest.mark.row("JOB-11", "VER-02")
def test_every_flag_has_its_words_its_reason_and_its_line() -> None:
    flags = (
        {"flag": "LOCATION_MISMATCH", "why": "too_far", "distanceM": 820},
        {"flag": "LOCATION_MISMATCH", "why": "no_location"},
        {"flag": "TIMESTAMP_ISSUE", "why": "no_time"},
        {"flag": "TIMESTAMP_ISSUE", "why": "before_claim", "takenAt": NOW.isoformat()},
        {"flag": "TIMESTAMP_ISSUE", "why": "in_future", "takenAt": NOW.isoformat()},
        {"flag": "TOO_DARK", "brightness": 20.0},
        {"flag": "BLURRY", "sharpness": 2.0},
        {"flag": "LOOKALIKE", "photoId": str(ONE)},
        {"flag": "LOW_QUALITY_CLEANER", "ratePercent": 50},
        {"flag": "TIMESTAMP_ISSUE", "why": "before_rejection", "takenAt": NOW.isoformat()},
        {"flag": "PLACE_TOO_VAGUE", "accuracyM": 5000},
        {"flag": "FILE_AGAINST_PHONE", "why": "other_place", "distanceM": 4815},
        {"flag": "FILE_AGAINST_PHONE", "why": "other_time", "takenAt": NOW.isoformat()},
        {"flag": "LOW_QUALITY_CLEANER", "why": "low_rating", "rating": 2.5},
    )
    views = flag_views(replace(ITEM, flags=flags), NOW)
    assert all(v.title and v.reason for v in views)
    with speaking("hi"):
        in_hindi = flag_views(replace(ITEM, flags=flags), NOW)
    assert all(re.search("[ऀ-ॿ]", v.title) and v.reason for v in in_hindi)
    assert views[0].title == "Photo taken 820 m away"
    assert [v.tone for v in views].count("severe") == 6
    lines = flagged_points(flags)
    assert [name for name, flagged in lines.items() if not flagged] == ["same_location"]


@pytest.mark.row("VER-02")
def test_a_poor_photo_says_where_to_look() -> None:
    poor = PhotoEvidence("E0", None, None, None, None, NOW, 20.0, 2.0)
    tones = [s.tone for s in signal_views(replace(ITEM, evidence=poor))]
    assert tones == ["look", "look", "pass", "look", "look"]
    early = replace(GOOD, taken_at=ITEM.claimed_at - timedelta(hours=2), distance_m=820)
    tones = [s.tone for s in signal_views(replace(ITEM, evidence=early))]
    assert tones == ["fail", "fail", "pass", "pass", "look"]
    assert check_view(replace(ITEM, evidence=early), NOW).far


@pytest.mark.row("PAY-07", "OPS-01")
def test_a_payout_says_why_it_cannot_be_sent() -> None:
    waiting = PayoutToDo(
        ONE, ONE, ONE, "Lane", ONE, "Ramesh Pal", 760_000, PayoutStatus.PENDING, NOW + timedelta(hours=3), False, True,
        False, None, 0,
    )  # fmt: skip
    assert payout_row(waiting, NOW).why_not == ""
    assert payout_row(replace(waiting, held=True), NOW).why_not == "Held back by a dispute"
    assert payout_row(replace(waiting, details_confirmed=False), NOW).why_not.startswith("Account not confirmed")
    failed = payout_row(replace(waiting, failure_reason="ifsc_wrong", tries=1, stands=PayStands.AGAIN), NOW)
    assert failed.reason == "Try 1 failed: wrong IFSC"
    assert failed.when.startswith("Tried again at ")  # not with the run of ten in the morning
    again = replace(waiting, failure_reason="bank_away", tries=1, due=True, stands=PayStands.AGAIN)
    assert payout_row(again, NOW).when == "Tried again within ten minutes"
    asked = replace(again, details_confirmed=False, stands=PayStands.ACCOUNT)
    assert payout_row(asked, NOW).when == "Waits for the cleaner's account"
    assert short_name("Ramesh Kumar Pal") == "Ramesh P."
    assert short_name("Geeta") == "Geeta"


@pytest.mark.row("PAY-09")
def test_a_refund_shows_its_age_in_working_days() -> None:
    refund = RefundToDo(
        ONE, ONE, ONE, "Lane", "Imran Khan", 25_000, "CAMPAIGN_ENDED", RefundStatus.PROCESSING, NOW - timedelta(days=7),
        date(2026, 11, 26), False, None,
    )  # fmt: skip
    row = refund_row(refund, NOW)
    assert (row.age, row.tone) == ("5 working days", "held")
    assert refund_row(replace(refund, late=True), NOW).tone == "bad"
    assert business_days_between(date(2026, 11, 20), date(2026, 11, 24)) == 2  # over a weekend
    assert business_days_between(date(2026, 11, 24), date(2026, 11, 24)) == 0


def test_how_long_something_lasted() -> None:
    assert lasted(timedelta(minutes=13)) == "13 min"
    assert lasted(timedelta(hours=51)) == "51 h"
    assert in_both(lambda: lasted(timedelta(days=4, hours=14))) == ("4 d 14 h", "4 दिन 14 घंटे")


@pytest.mark.row("PAY-04", "LAW-08")
def test_the_desk_says_what_was_compared_with_what() -> None:
    waiting = WaitingCleaner(
        id=ONE, name="रमेश पाल", email=None, phone=None, created_at=NOW, kyc=KycStatus.PENDING, waits_for_kyc=False,
        waits_for_payout_details=True, payout_kind="UPI", payout_mask=None, payout_holder=None, payout_changed_at=None,
        bank_said=AccountCheckStatus.DIFFERS, registered_name="SURESH PAL", name_score=50, document=None,
    )  # fmt: skip
    row = cleaner_view(waiting, NOW)
    assert (row.name_read, row.bank_read, row.score) == ("ramesh pal", "suresh pal", "50")
    said = say(
        "people.bank_differs", bank=row.bank_name, name=row.name, bank_read=row.bank_read, name_read=row.name_read,
        score=row.score,
    )  # fmt: skip
    assert "“suresh pal” with “ramesh pal”, 50 of 100" in said
