"""Whom to tell of holes, and whose work is used here: files that anybody may ask for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from cleanit_app import routes
from cleanit_app.api.app import create_api
from cleanit_app.api.well_known import security_text
from cleanit_app.paths import PROJECT
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring

YEAR = timedelta(days=365)


def fields_of(text: str) -> dict[str, str]:
    """Each line of a security.txt; a field that stands twice is a fault."""
    pairs = [line.split(": ", 1) for line in text.splitlines()]
    assert len({name for name, _ in pairs}) == len(pairs)
    return dict(pairs)


@pytest.fixture
def stranger(settings: Settings) -> TestClient:
    """Nobody, at the app by the machine's own clock."""
    return TestClient(create_api(Wiring(settings)), raise_server_exceptions=False)


@pytest.mark.row("SEC-01")
def test_anybody_learns_over_http_whom_to_tell_of_a_hole(stranger: TestClient, settings: Settings) -> None:
    answer = stranger.get("/.well-known/security.txt")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    said = fields_of(answer.text)
    assert set(said) == {"Contact", "Expires", "Preferred-Languages", "Canonical", "Policy"}
    assert said["Contact"] == f"mailto:{settings.support_email}"
    assert said["Canonical"] == f"{settings.public_url}/.well-known/security.txt"
    assert said["Policy"] == f"{settings.public_url}/help#security"
    assert said["Preferred-Languages"] == "en, hi"
    left = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < YEAR


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 30, 23, 59, 59, 999_999, UTC),
        datetime(2028, 2, 29, 0, 0, 0, 1, UTC),
        datetime(2031, 12, 31, 12, tzinfo=UTC),
        datetime(2040, 7, 1, 5, 29, tzinfo=UTC),
    ],
)
def test_it_never_goes_out_of_date_and_never_promises_a_year(settings: Settings, now: datetime) -> None:
    expires = fields_of(security_text(settings, now))["Expires"]
    assert expires.endswith("T00:00:00Z")
    assert now + YEAR / 4 < datetime.fromisoformat(expires) < now + YEAR


@pytest.mark.parametrize("contact", ["mailto:holes@cleanit.example", "https://cleanit.example/holes"])
def test_holes_may_go_elsewhere_than_questions(settings: Settings, contact: str) -> None:
    chosen = settings.model_copy(update={"security_contact": contact})
    assert fields_of(security_text(chosen, datetime.now(UTC)))["Contact"] == contact


def test_machines_may_ask_without_reading(stranger: TestClient) -> None:
    for path in (routes.SECURITY_TXT, routes.CREDITS):
        answer = stranger.head(path)
        assert (answer.status_code, answer.content) == (200, b"")


def test_whose_work_is_used_can_be_read_by_whoever_uses_it(stranger: TestClient) -> None:
    answer = stranger.get("/credits.txt")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == (PROJECT / "NOTICE.md").read_text("utf-8")
