"""Each page's document comes in its reader's language, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from cleanit_app.i18n import say
from cleanit_app.web.documents import Documents


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A site of two pages in two languages beside an address that is no page."""
    for folder, lang in ((tmp_path, "en"), (tmp_path / "hi", "hi")):
        (folder / "me").mkdir(parents=True)
        for name in ("index.html", "me.html", "me/index.html", "404.html", "__spa-fallback.html"):
            (folder / name).write_text(f"{lang} {name}", encoding="utf-8")

    async def told(request: object) -> JSONResponse:
        return JSONResponse({"said": say("nav.share")})

    inner = Starlette(routes=[Route("/api/told", told), Mount("/", StaticFiles(directory=tmp_path, html=True))])
    pages = ["/", "/me", "/jobs/[job_id]", "/campaigns/[campaign_id]"]
    return TestClient(Documents(inner, tmp_path, pages, elsewhere=["/campaigns/[campaign_id]"]))


@pytest.mark.row("LNG-01")
@pytest.mark.parametrize(
    ("path", "name", "status"),
    [
        ("/", "index.html", 200),
        ("/me", "me.html", 200),
        ("/me/", "me.html", 200),
        ("/jobs/7", "__spa-fallback.html", 200),
        ("/jobs/7/more", "404.html", 404),
        ("/nothing", "404.html", 404),
        ("/hi/me.html", "404.html", 404),
        ("/hi/", "404.html", 404),
        ("/en", "404.html", 404),
    ],
)
@pytest.mark.parametrize(
    ("headers", "lang"),
    [
        ({}, "en"),
        ({"cookie": "lang=hi"}, "hi"),
        ({"cookie": "a=b; lang=hi; c=d", "accept-language": "en"}, "hi"),
        ({"accept-language": "hi-IN,hi;q=0.9"}, "hi"),
        ({"cookie": "lang=../../etc"}, "en"),
        ({"cookie": "lang=zz", "accept-language": "hi"}, "hi"),
    ],
)
def test_documents_are_in_the_readers_language(
    client: TestClient, path: str, name: str, status: int, headers: dict[str, str], lang: str
) -> None:
    answer = client.get(path, headers=headers)
    assert (answer.status_code, answer.text) == (status, f"{lang} {name}")
    assert answer.headers["content-language"] == lang
    assert {"Cookie", "Accept-Language"} <= {part.strip() for part in answer.headers["vary"].split(",")}


@pytest.mark.row("LNG-01", "SEC-04")
def test_a_document_that_did_not_change_says_its_language_too(client: TestClient) -> None:
    """Else its policy would be that of another language, which stops the scripts of the one that the browser kept."""
    first = client.get("/me", headers={"cookie": "lang=hi"})
    again = client.get("/me", headers={"cookie": "lang=hi", "if-none-match": first.headers["etag"]})
    assert (again.status_code, again.headers["content-language"]) == (304, "hi")


@pytest.mark.row("LNG-01")
def test_what_is_said_on_the_way_is_in_that_language(client: TestClient) -> None:
    assert client.get("/api/told").json() == {"said": "Share"}
    hindi = client.get("/api/told", headers={"cookie": "lang=hi"})
    assert hindi.json() != {"said": "Share"}
    assert "content-language" not in hindi.headers
    assert client.get("/api/told").json() == {"said": "Share"}


def test_a_missing_page_has_no_length_of_another(client: TestClient) -> None:
    answer = client.get("/nothing", headers={"cookie": "lang=hi", "accept-encoding": "gzip, br"})
    assert int(answer.headers["content-length"]) == len("hi 404.html")
    assert "etag" not in answer.headers
    assert client.head("/nothing", headers={"cookie": "lang=hi"}).status_code == 404
