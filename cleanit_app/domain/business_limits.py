"""The numbers that the business would change: one typed table, each with its unit and the row that asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import timedelta
from enum import StrEnum
from typing import Any, NamedTuple


class Unit(StrEnum):
    """What a limit counts; a settings page shows and reads a value by it."""

    PAISE = "paise"
    TIME = "time"
    DAYS = "days"
    HOURS = "hours"
    HOUR_OF_DAY = "hour of the day, Asia/Kolkata"
    KM = "km"
    METRES = "metres"
    PERCENT = "percent"
    SHARE = "share, 0 to 1"
    LETTERS = "letters as a person counts them, in whatever script"
    BYTES = "bytes"
    TIMES = "times"
    WINDOWS = "days by target in paise"


class Window(NamedTuple):
    """How many days a campaign collects whose target is at most so many paise."""

    most_paise: int
    days: int


@dataclass(frozen=True)
class BusinessLimit:
    """One number of the business as a settings page lists it."""

    name: str
    value: Any
    unit: Unit
    row: str


def limit(value: Any, unit: Unit, row: str) -> Any:
    """A field of the table: its value, what it counts and the row of docs/rows.md that asks for it."""
    return field(default=value, metadata={"unit": unit, "row": row})


@dataclass(frozen=True)
class BusinessLimits:
    """Every number that the business would change; pairs are (least, most)."""

    # campaigns
    title_length: tuple[int, int] = limit((10, 100), Unit.LETTERS, "CAM-02")
    description_length: tuple[int, int] = limit((50, 1000), Unit.LETTERS, "CAM-02")
    address_length: tuple[int, int] = limit((3, 200), Unit.LETTERS, "CAM-04")
    target_paise: tuple[int, int] = limit((50_000, 5_000_000), Unit.PAISE, "CAM-03")
    campaign_windows: tuple[Window, ...] = limit(
        (Window(200_000, 30), Window(1_000_000, 45), Window(5_000_000, 60)), Unit.WINDOWS, "CAM-07"
    )
    campaign_photo_bytes: int = limit(5 * 1024 * 1024, Unit.BYTES, "CAM-05")
    repeated_within: timedelta = limit(timedelta(minutes=15), Unit.TIME, "CAM-01")  # the same whole wish without a key
    same_place_km: float = limit(0.1, Unit.KM, "CAM-06")
    same_place_days: int = limit(30, Unit.DAYS, "CAM-06")
    spam_at_same_place: int = limit(3, Unit.TIMES, "CAM-06")  # flagged when more than this many stand there
    go_ahead_percent: int = limit(80, Unit.PERCENT, "CAM-10")
    archived_after: timedelta = limit(timedelta(days=365), Unit.TIME, "OPS-05")  # then not in the public lists

    # contributions
    smallest_contribution_paise: int = limit(1_000, Unit.PAISE, "PAY-02")
    paying_takes: timedelta = limit(
        timedelta(minutes=30), Unit.TIME, "LAW-03"
    )  # meanwhile a campaign stays as it was read
    quick_contributions_paise: tuple[int, ...] = limit((10_000, 25_000, 50_000), Unit.PAISE, "PAY-02")  # buttons
    usual_contribution_paise: int = limit(50_000, Unit.PAISE, "PAY-02")  # stands in the form at first
    contributions_an_hour: int = limit(6, Unit.TIMES, "SEC-10")  # from here on odd
    failed_tries_an_hour: int = limit(5, Unit.TIMES, "SEC-10")
    big_first_contribution_paise: int = limit(1_000_000, Unit.PAISE, "SEC-10")
    same_browser_within: timedelta = limit(timedelta(minutes=10), Unit.TIME, "SEC-10")  # sign-out to another's sign-in

    # jobs
    job_life: timedelta = limit(timedelta(days=90), Unit.TIME, "JOB-02")
    claim_time: timedelta = limit(timedelta(days=7), Unit.TIME, "JOB-04")
    claim_limit: int = limit(5, Unit.TIMES, "JOB-04")
    unclaim_until: timedelta = limit(timedelta(hours=24), Unit.TIME, "JOB-13")  # before the deadline
    remind_hours: tuple[int, ...] = limit((24, 1), Unit.HOURS, "NOT-03")  # before the deadline
    penalties_before_suspension: int = limit(3, Unit.TIMES, "JOB-07")
    claims_before_review: int = limit(3, Unit.TIMES, "JOB-08")
    added_most_paise: int = limit(500_000, Unit.PAISE, "JOB-08")  # what the platform adds to one job at most
    job_photo_bytes: int = limit(10 * 1024 * 1024, Unit.BYTES, "JOB-09")
    proof_radius_km: float = limit(0.5, Unit.KM, "JOB-10")
    most_accuracy_m: int = limit(200, Unit.METRES, "JOB-10")  # a phone's accuracy counts up to here; coarser is vague
    capture_token_life: timedelta = limit(timedelta(minutes=15), Unit.TIME, "JOB-10")
    cleaned_soon: timedelta = limit(timedelta(minutes=15), Unit.TIME, "VER-02")  # after the claim: a person looks
    low_completion_rate: float = limit(0.60, Unit.SHARE, "JOB-11")

    # review
    urgent_after: timedelta = limit(timedelta(hours=48), Unit.TIME, "VER-01")
    high_value_paise: int = limit(500_000, Unit.PAISE, "VER-01")
    rejections_before_review: int = limit(3, Unit.TIMES, "VER-05")
    review_turn: timedelta = limit(timedelta(minutes=10), Unit.TIME, "VER-07")
    decision_undo: timedelta = limit(timedelta(seconds=10), Unit.TIME, "VER-03")  # before anybody is told
    decision_counts_back: timedelta = limit(timedelta(hours=1), Unit.TIME, "VER-04")  # one carried out late
    escalation_letters: int = limit(500, Unit.LETTERS, "VER-08")
    queue_alert_above: int = limit(20, Unit.TIMES, "VER-08")
    average_alert_after: timedelta = limit(timedelta(hours=24), Unit.TIME, "VER-08")
    decisions_averaged_over: timedelta = limit(timedelta(days=7), Unit.TIME, "VER-08")
    dispute_heard_within: timedelta = limit(timedelta(hours=48), Unit.TIME, "OPS-03")
    dispute_reason_length: tuple[int, int] = limit((10, 500), Unit.LETTERS, "OPS-03")
    dispute_words_length: tuple[int, int] = limit((5, 2000), Unit.LETTERS, "OPS-03")  # what the sides say afterwards
    disputes_a_day: int = limit(5, Unit.TIMES, "OPS-03")  # of one person
    appeal_within: timedelta = limit(timedelta(days=7), Unit.TIME, "OPS-03")  # after the decision, once
    split_percent: tuple[int, int] = limit((10, 90), Unit.PERCENT, "OPS-03")  # of half-done work, to the cleaner

    # signs of fraud: numbers from which a person should look (OPS-04)
    area_km: float = limit(3.0, Unit.KM, "OPS-04")
    area_days: int = limit(30, Unit.DAYS, "OPS-04")
    area_share: float = limit(0.60, Unit.SHARE, "OPS-04")  # of an area's jobs with one cleaner: more than this
    area_least_jobs: int = limit(5, Unit.TIMES, "OPS-04")  # below so many of one's own nobody takes over an area
    quick_cancel_within: timedelta = limit(timedelta(hours=24), Unit.TIME, "OPS-04")  # of the start
    quick_cancels: int = limit(3, Unit.TIMES, "OPS-04")  # in so many days, and nobody gave to them
    quick_cancel_days: int = limit(7, Unit.DAYS, "OPS-04")
    fastest_km_an_hour: float = limit(80.0, Unit.KM, "OPS-04")  # between two jobs of one cleaner
    too_fast_from_km: float = limit(2.0, Unit.KM, "OPS-04")  # nearer than this a phone's error explains it
    accounts_on_device: int = limit(3, Unit.TIMES, "OPS-04")
    accounts_on_payout: int = limit(2, Unit.TIMES, "OPS-04")  # one bank account, UPI id or PAN
    fraud_quiet_days: int = limit(30, Unit.DAYS, "OPS-04")  # after a case about something ongoing was closed
    fraud_first_look: timedelta = limit(timedelta(days=30), Unit.TIME, "OPS-04")  # how far back the first look goes

    # payouts and refunds
    payout_cooling: timedelta = limit(timedelta(hours=24), Unit.TIME, "VER-04")
    payout_hour: int = limit(10, Unit.HOUR_OF_DAY, "PAY-04")
    money_batch: int = limit(10, Unit.TIMES, "PAY-04")
    max_attempts: int = limit(3, Unit.TIMES, "PAY-06")
    transfer_retry_after: timedelta = limit(timedelta(minutes=30), Unit.TIME, "PAY-07")  # doubles with each failure
    unsure_alert_after: timedelta = limit(timedelta(minutes=15), Unit.TIME, "PAY-07")  # a call without outcome
    reconciled_at_least_every: timedelta = limit(timedelta(hours=36), Unit.TIME, "PAY-13")  # a night may fail, not two
    refund_working_days: tuple[int, int] = limit((5, 7), Unit.DAYS, "PAY-09")  # promised; the books count the longer
    old_money: timedelta = limit(timedelta(days=150), Unit.TIME, "PAY-09")  # shown to finance before it is too old
    changed_account_wait: timedelta = limit(timedelta(hours=24), Unit.TIME, "PAY-04")
    name_match_least: int = limit(80, Unit.PERCENT, "PAY-04")  # for an account to be confirmed without a person

    # support
    grievance_acknowledged_within: timedelta = limit(timedelta(hours=48), Unit.TIME, "OPS-02")  # E-Commerce Rules 2020
    grievance_redressed_within: timedelta = limit(timedelta(days=30), Unit.TIME, "OPS-02")  # "one month", rule 4(5)
    view_name_length: tuple[int, int] = limit((1, 60), Unit.LETTERS, "OPS-01")
    views_of_one: int = limit(20, Unit.TIMES, "OPS-01")  # that an admin keeps of one list
    desk_note_length: tuple[int, int] = limit((1, 1_000), Unit.LETTERS, "OPS-01")  # what admins note for colleagues
    notice_length: tuple[int, int] = limit((10, 400), Unit.LETTERS, "OPS-01")  # in each language
    banner_length: tuple[int, int] = limit((5, 200), Unit.LETTERS, "OPS-01")  # in each language
    banner_within: timedelta = limit(timedelta(days=90), Unit.TIME, "OPS-01")  # by then a banner is over
    bulk_people: int = limit(20_000, Unit.TIMES, "OPS-01")  # told by one run at most
    bulk_campaigns: int = limit(1_000, Unit.TIMES, "OPS-01")  # in one run at most
    canned_answers: int = limit(60, Unit.TIMES, "OPS-01")  # ready at the support desk, retired ones counted
    canned_topic_length: tuple[int, int] = limit((2, 80), Unit.LETTERS, "OPS-01")  # under which one is found
    help_articles: int = limit(200, Unit.TIMES, "OPS-02")  # published at a time
    article_title_length: tuple[int, int] = limit((5, 100), Unit.LETTERS, "OPS-02")
    article_length: tuple[int, int] = limit((20, 4_000), Unit.LETTERS, "OPS-02")  # in each language
    answered_within: timedelta = limit(timedelta(hours=24), Unit.TIME, "OPS-02")
    support_text_length: tuple[int, int] = limit((5, 2000), Unit.LETTERS, "OPS-02")
    support_photos: int = limit(4, Unit.TIMES, "OPS-02")  # in one message
    guest_photos: int = limit(2, Unit.TIMES, "OPS-02")  # in one message of somebody without an account
    support_photo_bytes: int = limit(10 * 1024 * 1024, Unit.BYTES, "OPS-02")
    questions_a_day: int = limit(10, Unit.TIMES, "OPS-02")  # of one person
    questions_from_address_a_day: int = limit(20, Unit.TIMES, "OPS-02")  # without an account; phones share addresses
    messages_an_hour: int = limit(30, Unit.TIMES, "OPS-02")  # of one person, or under one code

    # people and sessions
    name_length: tuple[int, int] = limit((2, 60), Unit.LETTERS, "SEC-04")
    name_changes_a_day: int = limit(3, Unit.TIMES, "LAW-03")
    password_length: tuple[int, int] = limit((8, 128), Unit.LETTERS, "SEC-04")
    access_token_life: timedelta = limit(timedelta(minutes=15), Unit.TIME, "SEC-03")
    refresh_token_life: timedelta = limit(timedelta(days=7), Unit.TIME, "SEC-03")
    refresh_grace: timedelta = limit(timedelta(seconds=10), Unit.TIME, "SEC-03")  # two tabs that renew are no thieves
    session_life: timedelta = limit(timedelta(days=14), Unit.TIME, "SEC-03")
    device_life: timedelta = limit(timedelta(days=365), Unit.TIME, "SEC-10")
    failures_kept: timedelta = limit(timedelta(days=30), Unit.TIME, "SEC-10")
    runs_kept: timedelta = limit(timedelta(days=14), Unit.TIME, "OPS-01")
    tokens_kept: timedelta = limit(timedelta(days=30), Unit.TIME, "SEC-03")
    confirmed_for: timedelta = limit(timedelta(minutes=10), Unit.TIME, "SEC-10")  # after typing the password
    proved_for: timedelta = limit(timedelta(minutes=15), Unit.TIME, "SEC-10")  # after a code of the second factor
    idempotency_key_length: tuple[int, int] = limit((8, 80), Unit.LETTERS, "PAY-01")
    kept_on_phone: timedelta = limit(timedelta(days=30), Unit.TIME, "SEC-06")  # drafts and unsent photos
    private_link_lasts: timedelta = limit(timedelta(minutes=5), Unit.TIME, "SEC-06")
    guest_link_lasts: timedelta = limit(timedelta(minutes=30), Unit.TIME, "OPS-02")  # to photos read by code
    notification_life: timedelta = limit(timedelta(days=90), Unit.TIME, "NOT-07")  # older ones are cleared

    # law
    erasure_wait: timedelta = limit(timedelta(days=7), Unit.TIME, "LAW-02")  # to change one's mind
    erasure_asked_again: timedelta = limit(timedelta(days=1), Unit.TIME, "LAW-02")  # while something is open still
    money_records_life: timedelta = limit(timedelta(days=7 * 365 + 2), Unit.TIME, "LAW-02")  # 7 years
    messages_life: timedelta = limit(timedelta(days=180), Unit.TIME, "LAW-02")  # of the provider, as they came


LIMITS = BusinessLimits()


def each_limit(limits: BusinessLimits = LIMITS) -> tuple[BusinessLimit, ...]:
    """The table row by row, for a page that lists it."""
    return tuple(
        BusinessLimit(one.name, getattr(limits, one.name), one.metadata["unit"], one.metadata["row"])
        for one in fields(limits)
    )
