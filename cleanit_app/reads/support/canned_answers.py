"""The answers that are ready at the support desk, as seniors changed them, and who changed them when (OPS-01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.canned_answers import SHIPPED, CannedVersion, CannedWords
from cleanit_app.reads.paging import ask_list, json_object
from cleanit_app.services.unit_of_work import UnitOfWork

SHOWN = 20
"""So many changes of one answer are told, the newest first; the audit log has all of them."""
_COLUMNS = "v.id, v.answer, v.words, v.retired, v.made_at"


@dataclass(frozen=True)
class CannedChange:
    """One change of an answer: what it said before and after in each language that has words of its own, and why."""

    version: CannedVersion
    was: Mapping[str, CannedWords]
    was_retired: bool
    why: str
    made_by_name: str


@dataclass(frozen=True)
class CannedItem:
    """One answer as it stands; `words` are those of its own, without the shipped ones. `version` is None at first."""

    answer: str
    shipped: bool
    version: UUID | None
    words: Mapping[str, CannedWords]
    retired: bool
    changes: tuple[CannedChange, ...]


def canned_versions(uow: UnitOfWork) -> tuple[CannedVersion, ...]:
    """The newest version of each answer that was ever changed or added, by when it was added."""
    rows = ask_list(
        uow,
        "canned answers",
        f"""SELECT * FROM (
              SELECT DISTINCT ON (v.answer) {_COLUMNS}, min(v.made_at) OVER (PARTITION BY v.answer) AS first
              FROM canned_answer_versions v ORDER BY v.answer, v.id DESC) newest ORDER BY first, answer""",
    )
    return tuple(rows.read(_version))


def canned_answers_with_history(uow: UnitOfWork, *, actor: Actor) -> tuple[CannedItem, ...]:
    """Every answer, shipped ones first, retired ones too, with who changed what."""
    actor.must(Permission.MANAGE_ADMINS)
    rows = ask_list(
        uow,
        "changes of canned answers",
        f"""SELECT {_COLUMNS}, v.why, u.name FROM canned_answer_versions v JOIN users u ON u.id = v.made_by
            ORDER BY v.id""",
    )
    made: dict[str, list[CannedChange]] = {answer: [] for answer in SHIPPED}
    for version, why, name in rows.read(lambda row: (_version(row), row.why, row.name)):
        before = made.setdefault(version.answer, [])
        last = before[-1].version if before else None
        was, was_retired = (last.words, last.retired) if last else ({}, False)
        before.append(CannedChange(version, was, was_retired, why, name))
    return tuple(_item(answer, changes) for answer, changes in made.items())


def _item(answer: str, changes: list[CannedChange]) -> CannedItem:
    last = changes[-1].version if changes else None
    return CannedItem(
        answer=answer,
        shipped=answer in SHIPPED,
        version=last.id if last else None,
        words=last.words if last else {},
        retired=bool(last and last.retired),
        changes=tuple(reversed(changes))[:SHOWN],
    )


def _version(row: Row[Any]) -> CannedVersion:
    said = {str(lang): json_object(one) for lang, one in json_object(row.words).items()}
    words = {lang: CannedWords(str(one["topic"]), str(one["text"])) for lang, one in said.items()}
    return CannedVersion(row.id, row.answer, words, row.retired, row.made_at)
