"""Figures of each week: how well collecting and cleaning go, how fast, and who comes back (MON-04)."""

from __future__ import annotations

from cleanit_app.metrics.metric import Metric, MetricUnit, Period

_WITHIN = "{at} >= CAST(:begin AS timestamptz) AND {at} < CAST(:end AS timestamptz)"
COHORTS = 12
"""People are followed for so many weeks after the one in which they joined."""

# Collecting that ended within the week: money was enough, time was over, or somebody called it off.
_SUCCESS = f"""SELECT CAST(NULL AS date) AS cohort_on, count(*) FILTER (WHERE to_status = 'FUNDED') AS value,
     count(*) AS base FROM status_history
   WHERE kind = 'campaign' AND from_status = 'ACTIVE' AND {_WITHIN.format(at="at")}"""  # noqa: S608 (our own words)
_FUNDING_TIME = f"""SELECT CAST(NULL AS date) AS cohort_on,
     coalesce(sum(extract(epoch FROM funded_at - activated_at)), 0)::bigint AS value, count(*) AS base
   FROM campaigns WHERE {_WITHIN.format(at="funded_at")}"""  # noqa: S608 (our own words)
# As a cleaner's own rate: approved work against claims that ran out or were given back, and work that failed.
_COMPLETION = f"""SELECT CAST(NULL AS date) AS cohort_on, count(*) FILTER (WHERE to_status = 'VERIFIED') AS value,
     count(*) AS base FROM status_history
   WHERE kind = 'job' AND to_status IN ('VERIFIED', 'RELEASED', 'FAILED') AND from_status <> 'PAID'
     AND {_WITHIN.format(at="at")}"""  # noqa: S608 (our own words)
# Whoever gave, started a campaign or took a job within the week, by the week in which they joined.
_RETENTION = f"""WITH active AS (
     SELECT contributor_id AS id FROM contributions WHERE {_WITHIN.format(at="paid_at")}
     UNION SELECT creator_id FROM campaigns WHERE {_WITHIN.format(at="created_at")}
     UNION SELECT by_id FROM status_history WHERE kind = 'job' AND from_status = 'AVAILABLE' AND to_status = 'CLAIMED'
       AND {_WITHIN.format(at="at")})
   SELECT date_trunc('week', u.created_at AT TIME ZONE 'Asia/Kolkata')::date AS cohort_on,
     count(active.id) AS value, count(*) AS base
   FROM users u LEFT JOIN active ON active.id = u.id
   WHERE u.role <> 'ADMIN' AND u.created_at < CAST(:end AS timestamptz)
     AND u.created_at >= CAST(:begin AS timestamptz) - interval '{7 * COHORTS} days'
   GROUP BY 1"""  # noqa: S608 (our own words)


def _weekly(name: str, unit: MetricUnit, sql: str) -> Metric:
    return Metric(name=name, period=Period.WEEK, unit=unit, permission=None, sql=sql)


WEEKLY: tuple[Metric, ...] = (
    _weekly("success_rate", MetricUnit.SHARE, _SUCCESS),
    _weekly("funding_time", MetricUnit.SECONDS, _FUNDING_TIME),
    _weekly("completion_rate", MetricUnit.SHARE, _COMPLETION),
    _weekly("retention", MetricUnit.SHARE, _RETENTION),
)
