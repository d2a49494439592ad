"""Figures of each day: what began, what was done, what moved (MON-04)."""

from __future__ import annotations

from cleanit_app.domain.actors import Permission
from cleanit_app.metrics.metric import Metric, MetricUnit, Period

_ONE = "SELECT CAST(NULL AS date) AS cohort_on, {value} AS value, CAST(NULL AS bigint) AS base FROM {rows}"
_WITHIN = "{at} >= CAST(:begin AS timestamptz) AND {at} < CAST(:end AS timestamptz)"


def _counted(name: str, table: str, at: str, only: str = "true") -> Metric:
    """How many rows of a table have this moment within the day."""
    rows = f"{table} WHERE {_WITHIN.format(at=at)} AND {only}"
    sql = _ONE.format(value="count(*)", rows=rows)
    return Metric(name=name, period=Period.DAY, unit=MetricUnit.COUNT, permission=None, sql=sql)


def _booked(name: str, account: str, sign: str, kinds: tuple[str, ...] = ()) -> Metric:
    """The sum of the day's ledger lines of an account, of all kinds of movements or of these."""
    named = ", ".join(f"'{kind}'" for kind in kinds)
    only = f"AND t.kind IN ({named})" if kinds else ""
    rows = f"""ledger_transfers t JOIN ledger_lines l ON l.transfer_id = t.id
               WHERE {_WITHIN.format(at="t.created_at")} AND l.account IN ({account}) {only}"""
    sql = _ONE.format(value=f"{sign} coalesce(sum(l.amount_paise), 0)::bigint", rows=rows)
    return Metric(name=name, period=Period.DAY, unit=MetricUnit.PAISE, permission=Permission.SEE_FINANCES, sql=sql)


_APPROVED = "kind = 'job' AND from_status = 'COMPLETED' AND to_status = 'VERIFIED'"
DAILY: tuple[Metric, ...] = (
    _counted("campaigns_new", "campaigns", "created_at"),
    _counted("campaigns_funded", "campaigns", "funded_at"),
    _counted("jobs_done", "status_history", "at", _APPROVED),
    _counted("signups_citizens", "users", "created_at", "role = 'CITIZEN'"),
    _counted("signups_cleaners", "users", "created_at", "role = 'CLEANER'"),
    # an approval that is taken back lowers the day on which it is taken back, as in the ledger
    _booked("revenue", "'FEE_INCOME'", "-"),
    _booked("gst", "'GST_OUTPUT'", "-"),
    _booked("money_in", "'HELD', 'SURPLUS'", "-", ("PAYMENT_CAPTURED",)),
    _booked("money_to_cleaners", "'PAYOUT_CLEARING'", "+", ("PAYOUT_PROCESSED", "PAYOUT_REVERSED")),
    _booked("money_back", "'REFUND_CLEARING'", "+", ("REFUND_PROCESSED",)),
)  # fmt: skip
