"""The registry of the boards' figures: one object a metric, read by the clock, REST, pages and CSV alike."""

from cleanit_app.metrics.daily import DAILY
from cleanit_app.metrics.metric import Metric, MetricUnit, Period
from cleanit_app.metrics.weekly import COHORTS, WEEKLY

METRICS: dict[str, Metric] = {metric.name: metric for metric in (*DAILY, *WEEKLY)}

__all__ = ["COHORTS", "METRICS", "Metric", "MetricUnit", "Period"]
