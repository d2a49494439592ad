"""Whatever goes wrong, the answer has one shape, a sentence in the reader's language, and no trace."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from cleanit_app.api.app import create_api
from cleanit_app.domain.actors import Actor
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import Town


@pytest.mark.row("MON-05")
def test_a_surprise_is_500_with_an_id_and_without_a_trace(api: FastAPI) -> None:
    def broken() -> None:
        raise RuntimeError("secret details of the inside")

    api.router.routes.insert(0, api.router.routes[-1].__class__("/api/broken", broken))
    answer = TestClient(api, raise_server_exceptions=False).get("/api/broken")
    body = answer.json()
    assert answer.status_code == 500
    assert (body["error"], set(body)) == ("INTERNAL", {"error", "detail", "requestId"})
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.row("SEC-04")
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("{", "application/json"),
        ("[1, 2]", "application/json"),
        ('"text"', "application/json"),
        ("null", "application/json"),
        ("", "application/json"),
        ("a=b", "text/plain"),
        ("\ud800".encode("utf-8", "surrogatepass"), "application/json"),
        ("[" * 100_000, "application/json"),
    ],
)
def test_an_unreadable_body_is_400(body: str | bytes, kind: str, anybody: Caller) -> None:
    answer = anybody("POST", "/api/auth/login", content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["error"]) == (400, "BAD_REQUEST")


@pytest.mark.row("SEC-04")
@pytest.mark.parametrize("body", [b"", b"--x\r\nbroken", b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--"])
def test_a_broken_form_is_400_or_422(body: bytes, as_: Callable[[Actor], Caller], town: Town) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = as_(town.person())("POST", "/api/campaigns", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert set(answer.json()) >= {"error", "detail"}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "NOT_FOUND"),
        ("GET", "/api/campaigns/not-an-id", 404, "NOT_FOUND"),
        ("GET", "/api/campaigns/00000000-0000-0000-0000-000000000000", 404, "NOT_FOUND"),
        ("DELETE", "/api/campaigns", 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/api/webhooks/razorpay/payment", 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/session/login", 405, "METHOD_NOT_ALLOWED"),
    ],
)
@pytest.mark.row("SEC-04")
def test_unknown_addresses_and_methods(method: str, path: str, status: int, code: str, anybody: Caller) -> None:
    answer = anybody(method, path)
    assert (answer.status_code, answer.json()["error"]) == (status, code)


def test_sentences_come_in_the_reader_s_language(anybody: Caller) -> None:
    hindi = anybody.get("/api/users/me", headers={"Accept-Language": "hi-IN,hi;q=0.9"}).json()["detail"]
    english = anybody.get("/api/users/me", headers={"Accept-Language": "hi", "Cookie": "lang=en"}).json()["detail"]
    assert (hindi, english) == ("आगे बढ़ने के लिए साइन इन करें।", "Sign in to go on.")


def test_without_a_database_the_answer_is_503(settings: Settings) -> None:
    away = settings.model_copy(update={"database_url": "postgresql+psycopg2://nobody@127.0.0.1:1/none"})
    answer = TestClient(create_api(Wiring(away)), raise_server_exceptions=False).get("/api/campaigns")
    assert (answer.status_code, answer.json()["error"], answer.headers["retry-after"]) == (503, "UNAVAILABLE", "2")


def test_the_contract_can_be_read_by_machines_and_people(anybody: Caller) -> None:
    spec = anybody.get("/api/openapi.json").json()
    assert "/api/jobs/{job_id}/claim" in spec["paths"]
    page = anybody.get("/api/docs")
    assert "POST</b> /api/jobs/{job_id}/claim" in page.text
    assert "<script" not in page.text
