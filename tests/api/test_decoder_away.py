"""A decoder that cannot begin says so: to the sender that the photo is fine, to operators why (SEC-06, MON-05)."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text

from cleanit_app.adapters import limited_decoder
from cleanit_app.adapters.limited_decoder import LimitedDecoder
from cleanit_app.domain.actors import Actor
from cleanit_app.domain.errors import TooManyPixels
from cleanit_app.ports import ExaminerAway
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.api.test_uploads import start
from tests.factories import Town, picture

As = Callable[[Actor], Caller]
pytestmark = [pytest.mark.row("SEC-06"), pytest.mark.row("MON-05")]
ASKED: dict[str, Any] = {"most_bytes": 10_000_000, "kinds": ("JPEG", "PNG")}
AWAY = {
    "no limits": "Operation not permitted",
    "no fork": "Resource temporarily unavailable",
    "root that may not change its user": "Operation not permitted",
    "forks die before they begin": "ended at once",
    "dies at once": "ended at once",
}


@contextmanager
def odd_decoder(monkeypatch: pytest.MonkeyPatch, oddity: str) -> Iterator[LimitedDecoder]:
    """A decoder whose helper runs on such a machine."""
    monkeypatch.setattr(limited_decoder, "HELPER", "tests.support.odd_decoder")
    monkeypatch.setattr(limited_decoder, "_ENVIRONMENT", {"LANG": "C.UTF-8", "ODDITY": oddity})
    decoder = LimitedDecoder()
    yield decoder
    decoder.close()


@pytest.mark.parametrize(("oddity", "reason"), AWAY.items(), ids=AWAY)
def test_a_machine_that_refuses_the_decoder_is_no_broken_photo(
    monkeypatch: pytest.MonkeyPatch, oddity: str, reason: str
) -> None:
    with odd_decoder(monkeypatch, oddity) as decoder:
        for _ in range(3):
            with pytest.raises(ExaminerAway, match=reason):
                decoder.examine(picture(1), **ASKED)


def test_a_helper_that_cannot_even_be_started_is_no_broken_photo(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    decoder = LimitedDecoder()
    with monkeypatch.context() as starved:
        starved.setattr(subprocess, "Popen", refused)
        with pytest.raises(ExaminerAway, match="temporarily"):
            decoder.warm()
        with pytest.raises(ExaminerAway, match="temporarily"):
            decoder.examine(picture(1), **ASKED)
    assert decoder.examine(picture(1), **ASKED).width == 640, "it comes back with the machine"
    decoder.close()


def test_where_addresses_cannot_be_bounded_memory_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    with odd_decoder(monkeypatch, "apple silicon") as decoder:
        assert decoder.examine(picture(2, (5000, 4000)), **ASKED).width == 5000
    with odd_decoder(monkeypatch, "apple silicon, little memory") as decoder:
        assert decoder.examine(picture(2, (480, 360)), **ASKED).width == 480
        with pytest.raises(TooManyPixels):
            decoder.examine(picture(2, (5000, 4000), "PNG"), **ASKED)


def test_stricter_limits_of_the_machine_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    with odd_decoder(monkeypatch, "strict already") as decoder:
        assert decoder.examine(picture(2), **ASKED).width == 640
    assert resource.getrlimit(resource.RLIMIT_AS)[1] == resource.RLIM_INFINITY


def test_the_sender_keeps_the_photo_and_operators_hear_why_once(
    monkeypatch: pytest.MonkeyPatch, as_: As, town: Town, wiring: Wiring
) -> None:
    person, photo = as_(town.person()), picture(3)
    with odd_decoder(monkeypatch, "no limits") as decoder:
        monkeypatch.setattr(Wiring, "examiner", decoder)
        answers = [start(person, photo) for _ in range(3)]
    monkeypatch.undo()  # the machine is mended
    for answer in answers:
        assert (answer.status_code, answer.json()["error"]) == (503, "PHOTO_NOT_CHECKED"), answer.text
        assert "yours is fine" in answer.json()["fields"]["photo"]
        assert int(answer.headers["retry-after"]) > 0
    with wiring.engine.connect() as connection:
        noted = connection.execute(text("SELECT message FROM error_logs WHERE source = 'photos'")).scalars().all()
    assert len(noted) == 1
    assert "Operation not permitted" in noted[0]
    assert start(person, photo).status_code == 201
