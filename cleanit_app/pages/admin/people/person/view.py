"""A person and the lines of each part as the page shows them: in words, never as codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cleanit_app import routes
from cleanit_app.i18n import say
from cleanit_app.i18n.acts import act_details, act_words
from cleanit_app.i18n.catalogue import KEYS
from cleanit_app.i18n.formats import ago, day, day_time, initials, rupees
from cleanit_app.reads.people.person import CleanerStanding, PersonDetail, PersonLine, PersonPart


@dataclass(frozen=True)
class PersonView:
    """A person's head; texts that are empty are not shown."""

    id: str = ""
    name: str = ""
    initials: str = ""
    contact: str = ""
    role: str = ""
    duties: str = ""
    since: str = ""
    suspended: str = ""
    deleted: bool = False
    signed_in: str = ""
    terms: str = ""
    factor: bool = False
    admin: bool = False
    gave: str = ""
    returned: str = ""
    earned: str = ""
    campaigns: int = 0
    cleaner: bool = False
    kyc: str = ""
    document: str = ""
    account: str = ""
    account_confirmed: bool = False
    pan: str = ""
    figures: str = ""
    rate: str = ""
    flagged: str = ""
    own: bool = False


def person_view(one: PersonDetail, now: datetime) -> PersonView:
    """The head in words."""
    contacts = ((one.phone, one.phone_confirmed), (one.email, one.email_confirmed))
    said = [
        f"{text} ({say('person.confirmed' if sure else 'person.not_confirmed')})" for text, sure in contacts if text
    ]
    seen = ago(one.last_seen_at, now) if one.last_seen_at else "–"
    return PersonView(
        id=str(one.id),
        name=one.name,
        initials=initials(one.name),
        contact=", ".join(said),
        role=say(f"people.role.{one.role.value}"),
        duties=", ".join(say(f"act.duty.{duty.value}") for duty in one.duties),
        since=say("person.since", day=day(one.created_at, now)),
        suspended=_suspended(one, now),
        deleted=one.status.value == "DELETED",
        signed_in=say("person.signed_in", n=one.open_sign_ins, ago=seen),
        terms=say("person.terms_edition", edition=one.terms_version) if one.terms_version else "–",
        factor=one.has_factor,
        admin=one.role.value == "ADMIN",
        gave=rupees(one.gave_paise),
        returned=rupees(one.refunded_paise),
        earned=rupees(one.earned_paise),
        campaigns=one.campaigns,
        own=one.own,
        **(_standing(one.cleaner, now) if one.cleaner else {}),  # type: ignore[arg-type]  # fields of the same class
    )


def _suspended(one: PersonDetail, now: datetime) -> str:
    if one.suspended_at is None:
        return ""
    reason = one.suspension_reason or ""
    reason = say(f"rejection.{reason}") if f"rejection.{reason}" in KEYS else reason
    return say("person.suspended", when=day_time(one.suspended_at, now), reason=reason)


def _standing(one: CleanerStanding, now: datetime) -> dict[str, object]:
    kind = say(f"identity.kind.{one.document}") if one.document else ""
    figures = say(
        "person.figures", verified=one.verified_count, rejected=one.rejected_count, failed=one.failed_count,
        released=one.released_count, penalties=one.penalties,
    )  # fmt: skip
    begun = any((one.verified_count, one.rejected_count, one.failed_count, one.released_count, one.penalties))
    rate = "–" if one.completion_rate is None else f"{100 * one.completion_rate:.0f}%"
    rating = "–" if one.rating is None else f"{one.rating:.1f}"
    flagged = say("person.flagged", n=one.rejected_count, when=day_time(one.flagged_at, now)) if one.flagged_at else ""
    return {
        "cleaner": True,
        "kyc": one.kyc.value,
        "document": f"{kind} {one.document_mask}" if kind else "–",
        "account": ", ".join(part for part in (one.payout_mask, one.payout_holder) if part) or "–",
        "account_confirmed": one.payout_confirmed,
        "pan": one.pan_mask or "–",
        "figures": figures if begun else say("person.no_work"),
        "rate": say("person.rate", rate=rate, rating=rating) if one.completion_rate is not None else "",
        "flagged": flagged,
    }


@dataclass(frozen=True)
class PersonLineView:
    """One line of a part."""

    id: str
    when: str
    what: str
    state: str
    amount: str
    href: str
    note: str


_KEYS: dict[PersonPart, Callable[[str], str]] = {
    PersonPart.CONTRIBUTIONS: lambda state: f"payment.{state}",
    PersonPart.REFUNDS: lambda state: f"refund.{state}",
    PersonPart.PAYOUTS: lambda state: f"payout.{state}",
    PersonPart.CAMPAIGNS: lambda state: f"campaign.{state}",
    PersonPart.JOBS: lambda state: f"job.{state}",
    PersonPart.REJECTIONS: lambda state: f"rejection.{state}",
    PersonPart.TICKETS: lambda state: f"person.ticket.{state}",
    PersonPart.DISPUTES: lambda state: f"person.dispute.{state}",
    PersonPart.CASES: lambda state: f"fraud.status.{state}",
    PersonPart.SIGN_INS: lambda state: f"person.sign_in.{state}",
    PersonPart.NAMES: lambda state: f"person.name.{state}",
}
"""Where the words of a part's states stand in the catalogue."""
_PAGES: dict[PersonPart, Callable[[UUID], str]] = {
    PersonPart.TICKETS: routes.admin_ticket,
    PersonPart.DISPUTES: routes.admin_dispute,
    PersonPart.CASES: routes.fraud_case,
}
"""Parts whose lines have a page of their own at the desk; others lead to the cleanup."""
_TITLES = {
    PersonPart.TICKETS: "support.topic",
    PersonPart.DISPUTES: "dispute.about",
    PersonPart.CASES: "fraud.kind",
}
"""Where the words of what such a line is about stand in the catalogue."""


def line_view(part: PersonPart, one: PersonLine, now: datetime) -> PersonLineView:
    """One line in words."""
    return PersonLineView(
        id=str(one.id),
        when=day_time(one.at, now),
        what=_what(part, one),
        state=_state(part, one),
        amount="" if one.amount_paise is None else rupees(one.amount_paise),
        href=_href(part, one),
        note=_note(one),
    )


def _href(part: PersonPart, one: PersonLine) -> str:
    if part in _PAGES:
        return _PAGES[part](one.id)
    return routes.campaign(one.campaign_id) if one.campaign_id else ""


def _what(part: PersonPart, one: PersonLine) -> str:
    if part in _TITLES:
        return say(f"{_TITLES[part]}.{one.title}")
    return say("person.device", mark=one.title) if part is PersonPart.DEVICES else one.title or "–"


def _state(part: PersonPart, one: PersonLine) -> str:
    if part is PersonPart.ACTS:
        return act_words(one.state)
    if part is PersonPart.DEVICES:
        return say("person.others_on_it", n=one.count) if one.count else say("person.alone_on_it")
    key = _KEYS[part](one.state) if part in _KEYS else ""
    return say(key) if key in KEYS else ""


def _note(one: PersonLine) -> str:
    if one.details:
        return act_details(one.details)[:400]
    return say(f"hold.{one.note}") if f"hold.{one.note}" in KEYS else one.note
