"""The dry run of telling a group something: how many, and how many have switched it off (OPS-01)."""

from __future__ import annotations

from dataclasses import dataclass

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.bulk import NoticeGroup
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.models.notice_groups import people_of
from cleanit_app.reads.campaigns.word_search import campaign_query
from cleanit_app.reads.paging import ask
from cleanit_app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class NoticePlan:
    """How many would get a row; `muted` of them have switched marketing off."""

    count: int
    muted: int
    more: bool


def notice_plan(uow: UnitOfWork, *, actor: Actor, group: NoticeGroup) -> NoticePlan:
    """Count a group; nobody is told anything. `more`: it is larger than one run may be."""
    actor.must(Permission.MANAGE_PEOPLE)
    actor.must_prove()
    words = words_of(uow, group)
    people, values = people_of(group, words)
    most = LIMITS.bulk_people
    found = ask(
        uow,
        f"""SELECT count(*) AS n, count(*) FILTER (WHERE CAST(:category AS varchar) = ANY(muted_notices)) AS muted
            FROM ({people} LIMIT {most + 1}) found""",
        category=NotificationCategory.MARKETING.value,
        **values,
    )[0]
    return NoticePlan(found.n, found.muted, found.n > most)


def words_of(uow: UnitOfWork, group: NoticeGroup) -> str:
    """What stands for the place of a group: the text of a tsquery."""
    return campaign_query(uow, group.place) if group.place.strip() else ""
