"""Telling a group of people something, in the app, once each (OPS-01)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.bulk import BulkAction, NoticeGroup
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields, ListChanged
from cleanit_app.domain.events import BulkRunStarted
from cleanit_app.domain.reading.numbers import whole
from cleanit_app.models import BulkRun, new_id
from cleanit_app.models.notice_groups import people_of
from cleanit_app.services import input_validation
from cleanit_app.services.bulk.runs import call_worker, of_key
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.repeats import must_be_the_same, read_key
from cleanit_app.services.unit_of_work import UnitOfWork

# One statement however many: a waiting row for each person, with its history.
_ROWS = """WITH chosen AS ({people}),
     made AS (INSERT INTO bulk_rows (id, run_id, person_id, status)
       SELECT new_uuid_v7(CAST(:now AS timestamptz)), :run, id, 'WAITING' FROM chosen RETURNING id),
     written AS (INSERT INTO status_history (kind, subject_id, to_status, by_id, at, why)
       SELECT 'bulk_row', id, 'WAITING', :by, :now, '' FROM made)
   SELECT count(*) FROM made"""


def check_notice(said: Mapping[str, object]) -> dict[str, str]:
    """The words by language, each of its length; InvalidFields names every problem at once."""
    form = input_validation.Form()
    read = {lang: form.text(lang, typed, LIMITS.notice_length, "notice", lines=True) for lang, typed in said.items()}
    form.done()
    return read


def order_bulk_notice(
    uow: UnitOfWork,
    *,
    actor: Actor,
    group: NoticeGroup,
    words: str,
    said: Mapping[str, object],
    marketing: bool,
    typed_count: object,
    idempotency_key: str | None,
) -> BulkRun:
    """Let everybody in a group be told `said` (by language), one by one; the number of people is typed by hand.

    What is `marketing` passes over who has switched it off; else everybody hears. `words` stands for the group's place
    (`campaign_query`). The same key with the same words is the same run.
    """
    actor.must(Permission.MANAGE_PEOPLE)
    actor.must_prove()
    key, notice = read_key(idempotency_key), check_notice(said)
    uow.lock_name(NamedLock.BULK, str(actor.user_id))
    if (before := of_key(uow, actor.user_id, key)) is not None:
        must_be_the_same(
            {"said": before.notice, "marketing": before.marketing}, {"said": notice, "marketing": marketing}
        )
        return before
    people, values = people_of(group, words)
    total = _counted(uow, people, values, typed_count)
    run = BulkRun(
        id=new_id(),
        action=BulkAction.NOTICES.value,
        started_by=actor.user_id,
        idempotency_key=key,
        reason=next(iter(notice.values())),
        notice=notice,
        marketing=marketing,
        total=total,
        started_at=uow.now,
    )
    uow.add(run).begin(by=actor, at=uow.now, why=str(group))
    uow.flush()
    _make_rows(uow, run, people, values)
    uow.record(BulkRunStarted(run.id, run.action, run.total), by=actor)
    call_worker(uow, run)
    return run


def _counted(uow: UnitOfWork, people: str, values: Mapping[str, Any], typed: object) -> int:
    """How many people there are; InvalidFields unless that is the typed number, and some and not too many."""
    most = LIMITS.bulk_people
    asked = text(f"SELECT count(*) FROM ({people} LIMIT {most + 1}) found")  # noqa: S608 (ours; values are bound)
    total = int(uow.run(asked, dict(values)).scalar_one())
    if not 0 < total <= most:
        raise InvalidFields({"count": FieldProblem("bulk_many", most=most)})
    try:
        count = whole(typed)
    except ValueError:
        count = -1
    if count != total:
        raise InvalidFields({"count": FieldProblem("bulk_count", number=total)})
    return total


def _make_rows(uow: UnitOfWork, run: BulkRun, people: str, values: Mapping[str, Any]) -> None:
    bound: dict[str, UUID | Any] = {**values, "run": run.id, "by": run.started_by, "now": uow.now}
    if uow.run(text(_ROWS.format(people=people)), bound).scalar_one() != run.total:
        raise ListChanged
