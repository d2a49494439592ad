"""Rules of the books about states: histories that are paths of the moves table, and where escrow rows stand."""

from __future__ import annotations

from typing import Any, cast

from cleanit_app.domain.statuses import MOVES
from cleanit_app.models import Campaign
from cleanit_app.models.base import HasStatus
from cleanit_app.services.ledger.document_invariants import BookCheck

# What has a history: its kind in `status_history`, its table, and the column that says where it stands.
_LIVES: list[tuple[str, Any, str]] = [
    *sorted((row.kind, cast(Any, row).__table__, "status") for row in HasStatus.__subclasses__()),
    ("campaign_refunds", cast(Any, Campaign).__table__, "refund_status"),
]


def _moves() -> str:
    """Every move that the table allows, as rows of kind, from and to."""
    return ", ".join(
        f"('{kind}', '{source.value}', '{target.value}')"
        for kind, table, column in _LIVES
        for source, targets in MOVES[table.c[column].type.enum_class].items()
        for target in sorted(targets)
    )


def _elsewhere() -> str:
    """Rows that stand elsewhere than where their history ends, one kind after the other."""
    return " UNION ALL ".join(
        f"""SELECT l.subject_id FROM {table.name} r JOIN (
              SELECT DISTINCT ON (subject_id) subject_id, to_status FROM status_history WHERE kind = '{kind}'
              ORDER BY subject_id, id DESC) l ON l.subject_id = r.{table.primary_key.columns[0].name}
            WHERE l.to_status <> r.{column}"""  # noqa: S608 (names from our own tables)
        for kind, table, column in _LIVES
    )


STATE_CHECKS = (
    BookCheck(
        "history_is_a_path",
        "each history continues where it stood, by moves that the table allows",
        f"""SELECT subject_id FROM (
             SELECT kind, subject_id, from_status, to_status, id,
                    lag(to_status) OVER (PARTITION BY kind, subject_id ORDER BY id) AS before
             FROM status_history) h
           WHERE (before IS NOT NULL AND from_status IS DISTINCT FROM before)
             OR (from_status IS NOT NULL AND (kind, from_status, to_status) NOT IN (VALUES {_moves()}))""",  # noqa: S608 (our own moves)
    ),
    BookCheck(
        "history_ends_where_rows_stand",
        "each history ends in the state that its row has now",
        _elsewhere(),
    ),
    BookCheck(
        "escrow_rows_match",
        "the escrow table holds what each campaign raised",
        """SELECT c.id FROM campaigns c
           LEFT JOIN (SELECT campaign_id, sum(amount_paise) AS kept FROM escrow_transactions
                      GROUP BY campaign_id) e ON e.campaign_id = c.id
           WHERE c.raised_paise <> coalesce(e.kept, 0)""",
    ),
    BookCheck(
        "escrow_states_match",
        "each escrow row says held, released or refunded as its campaign's payout and its refund do",
        """SELECT e.id FROM escrow_transactions e
           LEFT JOIN (SELECT DISTINCT campaign_id FROM payouts WHERE status IN ('PROCESSING', 'PAID')) p
             ON p.campaign_id = e.campaign_id
           LEFT JOIN refunds r ON r.contribution_id = e.contribution_id AND r.cause = 'CAMPAIGN_ENDED'
           WHERE e.status || ' ' || coalesce(e.released_for, '') <> CASE
             WHEN p.campaign_id IS NOT NULL THEN 'RELEASED PAYOUT'
             WHEN r.status = 'PROCESSING' THEN 'RELEASED REFUND'
             WHEN r.status = 'COMPLETED' THEN 'REFUNDED REFUND' ELSE 'HELD ' END""",
    ),
)
