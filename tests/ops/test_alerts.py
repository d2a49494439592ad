"""The rules by which somebody is called: tried by Prometheus' own tool, each with a page on what to do (MON-02)."""

from __future__ import annotations

import re
import subprocess

import pytest

from cleanit_app.reads.operations.gauges import gauges
from cleanit_app.web.prometheus import HouseFigures
from cleanit_app.wiring import Wiring
from tests.factories import Town
from tests.house.source import PROJECT
from tests.support.promtool import SENTENCE, ensure_promtool

FOLDER = PROJECT / "deploy" / "prometheus"
RULES, TRIED = ((FOLDER / name).read_text("utf-8") for name in ("alerts.yml", "alerts_test.yml"))
ALERTS = re.findall(r"- alert: (\w+)", RULES)
COUNTED = {"cleanit_request_seconds", "cleanit_page_act_seconds", "cleanit_job_seconds"}


def promtool(*words: str) -> str:
    tool = ensure_promtool()
    assert tool, SENTENCE
    done = subprocess.run([tool, *words], capture_output=True, text=True, timeout=120, cwd=FOLDER)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.row("MON-02")
def test_every_alert_rings_when_it_should_and_only_then() -> None:
    assert "SUCCESS" in promtool("test", "rules", "alerts_test.yml")
    for alert in ALERTS:
        tries = re.findall(rf"alertname: {alert}\n +exp_alerts:( \[\])?", TRIED)
        assert {"", " []"} <= set(tries), f"{alert} is not tried both ways"


@pytest.mark.row("MON-02")
def test_every_alert_has_a_page_that_says_what_to_do() -> None:
    pages = re.findall(r"runbook: (\S+)", RULES)
    assert len(pages) == len(ALERTS)
    for page in set(pages):
        text = (PROJECT / page).read_text("utf-8")
        assert all(f"**{part}.**" in text for part in ("Means", "Look", "Do")), page


@pytest.mark.row("MON-01", "MON-02")
def test_the_rules_ask_for_figures_that_are_told(town: Town, parts: Wiring) -> None:
    told = COUNTED | {family.name for family in HouseFigures(parts).collect()}
    asked = {re.sub(r"_(count|bucket|sum)$", "", name) for name in re.findall(r"cleanit_\w+", RULES)}
    with town.uow() as uow:
        told |= {f"cleanit_{gauge.name}" for gauge in gauges(uow)} | {
            "cleanit_check_problems", "cleanit_check_age_seconds",  # told from the first night on
        }  # fmt: skip
    assert asked - told == set()
