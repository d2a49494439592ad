"""Which IDs prove who a cleaner is, and why one may not be good enough (LAW-08)."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """An ID we accept. Aadhaar is not among them: nobody but those whom the law names may keep its number."""

    PAN = "PAN"
    VOTER_ID = "VOTER_ID"
    DRIVING_LICENCE = "DRIVING_LICENCE"
    PASSPORT = "PASSPORT"


class RefusalGround(StrEnum):
    """Why an ID was not accepted, so that the next try can be better."""

    UNREADABLE = "UNREADABLE"
    NAME_DIFFERS = "NAME_DIFFERS"
    NUMBER_DIFFERS = "NUMBER_DIFFERS"
    OUT_OF_DATE = "OUT_OF_DATE"
    NOT_AN_ID = "NOT_AN_ID"
    AADHAAR_SHOWN = "AADHAAR_SHOWN"
    OTHER = "OTHER"
