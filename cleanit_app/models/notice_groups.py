"""Who is in a group that is told something: one statement, asked by the dry run and by the order."""

from __future__ import annotations

from typing import Any

from cleanit_app.domain.bulk import NoticeGroup


def people_of(group: NoticeGroup, words: str) -> tuple[str, dict[str, Any]]:
    """The statement that finds `id` and `muted_notices` of each person in a group, with its values.

    `words` is the text of a tsquery for the group's place; an empty one finds nobody there.
    """
    conditions, values = ["u.status IN ('ACTIVE', 'SUSPENDED')"], dict[str, Any]()
    if group.role:
        conditions.append("u.role = :role")
        values["role"] = group.role.value
    if group.standing:
        conditions.append("u.status = :standing")
        values["standing"] = group.standing.value
    if group.by_campaigns:
        conditions.append(f"u.id IN ({_parts(group, words, values)})")
    where = " AND ".join(conditions)
    return f"SELECT u.id, u.muted_notices FROM users u WHERE {where}", values  # noqa: S608 (ours; values are bound)


def _parts(group: NoticeGroup, words: str, values: dict[str, Any]) -> str:
    chosen = []
    if group.place.strip():
        chosen.append("c.words @@ CAST(:words AS tsquery)" if words else "false")
        values |= {"words": words} if words else {}
    if group.campaign_id:
        chosen.append("c.id = :campaign")
        values["campaign"] = group.campaign_id
    if group.campaign_status:
        chosen.append("c.status = :campaign_status")
        values["campaign_status"] = group.campaign_status.value
    where = " AND ".join(chosen)
    return f"""SELECT part.person FROM campaigns c CROSS JOIN LATERAL (
        SELECT c.creator_id AS person
        UNION SELECT b.contributor_id FROM contributions b WHERE b.campaign_id = c.id AND b.status = 'SUCCESS'
        UNION SELECT j.claimed_by FROM jobs j WHERE j.id = c.job_id) part WHERE {where}"""  # noqa: S608 (ours; values are bound)
