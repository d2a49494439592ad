"""A copy of one's data as words to read: each kind a section, each thing its lines, in one language (LAW-01).

The file for machines (`data.json`) holds more: ids, sizes of pictures, codes. Here stands what a person asks for.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cleanit_app.i18n.catalogue import KEYS, say, speaking
from cleanit_app.i18n.formats import dated_time, rupees
from cleanit_app.i18n.locales import Language
from cleanit_app.i18n.notifications import notification_words

SECTIONS: Mapping[str, str] = {
    "profile": "name email phone role language createdAt phoneVerifiedAt emailVerifiedAt suspendedAt suspensionReason"
    " termsVersion",
    "cleaner": "kycStatus verifiedCount rejectedCount failedCount releasedCount payoutMask payoutHolder"
    " payoutChangedAt payoutVerifiedAt panMask panGivenAt",
    "campaigns": "title description address status targetPaise raisedPaise createdAt activatedAt expiresAt fundedAt"
    " completedAt closedAt cancelledAt cancelReason",
    "campaignCorrections": "changed at",
    "contributions": "campaignTitle status amountPaise keptPaise anonymous receiptNumber createdAt paidAt failedAt"
    " failureReason",
    "payments": "amountPaise method reference capturedAt",
    "refunds": "status amountPaise createdAt dueOn completedAt failureReason",
    "jobs": "campaignTitle address status amountPaise claimedAt completionDeadline completedAt verifiedAt rejectedAt"
    " rejectionNotes paidAt",
    "penalties": "deadlineAt createdAt",
    "payouts": "status amountPaise tdsPaise scheduledFor paidAt utr failureReason",
    "taxKeptBack": "taxYear grossPaise tdsPaise creditedAt",
    "identityDocuments": "documentKind numberMask status registeredName createdAt decidedAt",
    "disputes": "about status reason raisedAt decidedAt note",
    "disputeStatements": "side message at",
    "supportTickets": "topic status openedAt closedAt",
    "supportMessages": "byDesk message at",
    "photos": "receivedAt takenAt latitude longitude",
    "photoConsents": "purpose given version at",
    "acceptedTerms": "version acceptedAt",
    "nameChanges": "oldName newName status askedAt decidedAt reason",
    "requests": "kind askedAt endedAt outcome",
    "signIns": "browser address createdAt lastSeenAt endedAt",
    "notifications": "text createdAt readAt",
}
"""Which fields of which kind are shown, in their order."""
_AREAS = {
    "campaigns": "campaign", "contributions": "payment", "jobs": "job", "payouts": "payout", "refunds": "refund",
    "nameChanges": "person.name", "disputes": "person.dispute",
}  # fmt: skip


@dataclass(frozen=True)
class DataEntry:
    """One thing as lines of label and value."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DataSection:
    """A kind of data: its title, how much of it there is, and the newest of it."""

    name: str
    title: str
    count: int
    entries: tuple[DataEntry, ...]


def data_sections(data: Mapping[str, Any], *, most: int | None = None) -> tuple[DataSection, ...]:
    """The sections that hold something, in the language spoken now; `most` entries of each, the newest first."""
    made = (_section(name, fields.split(), data.get(name), most) for name, fields in SECTIONS.items())
    return tuple(section for section in made if section.entries)


def data_page(data: Mapping[str, Any], language: Language) -> str:
    """All of it as an HTML page that needs nothing else: no script, no address, everything typed escaped."""
    with speaking(language):
        title, made = html.escape(say("data.title")), html.escape(say("data.made", when=_moment(data["madeAt"])))
        body = "".join(_html(section) for section in data_sections(data))
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width,initial-scale=1"><title>{title}</title><style>{_STYLE}</style>'
        f"<main><h1>{title}</h1><p>{made}</p>{body}</main></html>"
    )


_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;background:#FBF8F1;color:#14211F;margin:0}main{max-width:760px;"
    "margin:auto;padding:16px}dl{background:#fff;border:1px solid #E8E0CF;border-radius:12px;padding:12px 16px}"
    "dt{color:#5C6865;font-size:.875rem}dd{margin:0 0 8px;overflow-wrap:anywhere;white-space:pre-line}"
)


def _html(section: DataSection) -> str:
    entries = "".join(
        f"<dl>{''.join(f'<dt>{html.escape(label)}</dt><dd>{html.escape(value)}</dd>' for label, value in entry.lines)}"
        "</dl>"
        for entry in section.entries
    )
    return f"<h2>{html.escape(section.title)} ({section.count})</h2>{entries}"


def _section(name: str, fields: Sequence[str], found: Any, most: int | None) -> DataSection:
    things = found if isinstance(found, list) else [found] if found else []
    newest = things[::-1][:most]
    entries = tuple(entry for thing in newest if (entry := _entry(name, fields, thing)).lines)
    return DataSection(name, say(f"data.s.{name}"), len(things), entries)


def _entry(section: str, fields: Sequence[str], thing: Mapping[str, Any]) -> DataEntry:
    values = ((field, _value(section, field, thing)) for field in fields)
    return DataEntry(tuple((say(f"data.f.{field}"), value) for field, value in values if value))


def _value(section: str, field: str, thing: Mapping[str, Any]) -> str:
    if section == "notifications" and field == "text":
        return notification_words(thing["kind"], thing["values"], datetime.fromisoformat(thing["createdAt"]))
    value = thing.get(field)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return say("data.yes" if value else "data.no")
    if field.endswith("Paise"):
        return rupees(value)
    if field.endswith(("At", "Deadline", "scheduledFor")) or field in ("at", "scheduledFor"):
        return _moment(value)
    key = f"{_AREAS.get(section, '')}.{value}"
    return say(key) if field == "status" and key in KEYS else str(value)


def _moment(value: str) -> str:
    return dated_time(datetime.fromisoformat(value))
