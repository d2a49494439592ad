"""What people write stays as they wrote it, is measured in the letters they see, and must be something to see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import select

from cleanit_app.api.previews import SHELL, preview_routes
from cleanit_app.domain.actors import Actor
from cleanit_app.models import Campaign, User
from tests.api.conftest import Caller
from tests.api.test_campaigns import start
from tests.factories import PASSWORD, Town, picture

pytestmark = pytest.mark.row("CAM-02", "SEC-04")
As = Callable[[Actor], Caller]
STORY = "Children step into the road to get past this heap every single morning. "
KEPT = [
    "The heap is <taller than a child",
    "See example.in/?a=1&region=UP&copy=2",
    "Drain a < b and c > d, I <3 clean lanes",
    "Typed &lt;script&gt; and &amp;amp; by hand",
    "Write to <asha@example.in> about it",
    "New signs \U0001fae9 \U0001fac8 \U0001f6d8 beside the lane",
    "परिवार 👨\u200d👩\u200d👧 और क्\u200dष की गली",
    "Paid by UPI ref 234123412346, call +919563414839",
]


@pytest.mark.parametrize("typed", KEPT)
def test_it_stays_as_typed_and_is_escaped_where_it_is_shown(
    typed: str, as_: As, town: Town, api: FastAPI, tmp_path: Path
) -> None:
    made = start(as_(town.person()), title=typed, description=STORY + typed, address=typed).json()
    assert (made["title"], made["description"], made["address"]) == (typed, STORY + typed, typed)
    (tmp_path / SHELL).write_text("<html><head></head></html>")
    api.include_router(preview_routes(tmp_path))
    as_(town.admin()).post(f"/api/admin/campaigns/{made['id']}/approve")
    shown = TestClient(api).get(f"/campaigns/{made['id']}").text
    assert "<taller" not in shown
    assert "<asha" not in shown
    assert "<script>" not in shown


@pytest.mark.parametrize(("typed", "kept"), [
    ("<b>Corner</b> dump <script>alert(1)</script>here", "Corner dump here"),
    ("Corner <<b>script>alert(1)</script>dump here", "Corner dump here"),
    ("Corner <scr\u200bipt>alert(1)</script>dump here", "Corner dump here"),
    ("Corner <svg/onload=alert(1)>dump <!-- x -->here", "Corner dump here"),
    ("Corner\u202e dump\x07 he\u2060re\ufeff", "Corner dump here"),
    ("Corner\tdump\r\nhere\u3164", "Corner dump here"),
])  # fmt: skip
def test_tags_and_unseen_signs_go(typed: str, kept: str, as_: As, town: Town) -> None:
    assert start(as_(town.person()), title=typed).json()["title"] == kept


INVISIBLE = ["\u3164" * 60, "\u2800" * 60, "\u200d" * 60, "\u115f\uffa0" * 40, "\u0301" * 60, "\u093f " * 60, "." * 60]


@pytest.mark.parametrize("typed", INVISIBLE)
@pytest.mark.parametrize(("field", "english", "hindi"), [
    ("title", "Name the spot.", "जगह को नाम दें।"),
    ("description", "Tell us what is wrong here.", "बताएँ, यहाँ क्या गड़बड़ है।"),
    ("address", "Write the area or a landmark.", "इलाक़ा या पास की जगह लिखें।"),
])  # fmt: skip
def test_something_to_see_is_required(typed: str, field: str, english: str, hindi: str, as_: As, town: Town) -> None:
    caller = as_(town.person())
    for lang, sentence in (("en", english), ("hi", hindi)):
        caller.http.headers["Accept-Language"] = lang
        refused = start(caller, **{field: typed})
        assert refused.status_code == 422
        assert refused.json()["fields"][field].startswith(sentence)


@pytest.mark.parametrize("name", [*INVISIBLE, "12345", "\u200b\u200b\u200b", "🙂🙂"])
def test_a_name_has_letters(name: str, anybody: Caller, town: Town) -> None:
    wish = {"name": name, "email": "asha@example.in", "password": PASSWORD, "role": "CITIZEN", "acceptTerms": True}
    assert anybody.post("/api/auth/register", wish).json()["fields"] == {"name": "Write your name."}
    with town.uow() as uow:
        assert uow.run(select(User)).first() is None


FAMILY = "👨\u200d👩\u200d👧\u200d👦"
ROOMY = ["क्षत्रियों की गली " * 10, "স্ত্রী শিক্ষা " * 20, "x" * 100, FAMILY * 100, "🏽👍🏽" * 50]


@pytest.mark.parametrize("typed", ROOMY)
def test_every_script_has_the_same_room(typed: str, as_: As, town: Town) -> None:
    caller = as_(town.person())
    made = start(caller, title=typed)
    assert made.status_code == 201, made.text
    with town.uow() as uow:
        assert [c.title for c in uow.run(select(Campaign)).scalars()] == [typed.strip()]


def test_letters_are_counted_as_people_see_them(as_: As, town: Town) -> None:
    caller = as_(town.person())
    assert start(caller, title="क्षि" * 100).status_code == 201
    long = start(caller, title="क्षि" * 101).json()["fields"]
    assert long == {"title": "Use at most 100 letters: 1 too many."}
    assert set(start(caller, title=FAMILY * 9).json()["fields"]) == {"title"}
    assert start(caller, description="की" * 49).json()["fields"]["description"].startswith("Tell us a little more: 1 ")
    assert start(caller, address="गाँव").status_code == 422  # of two letters
    assert start(caller, picture(2), address="गाँवों में").status_code == 201


def test_what_an_older_browser_counts_as_enough_is_enough(as_: As, town: Town) -> None:
    """Before Unicode 15.1 a conjunct was two letters: a page of then lets ten through where we see five."""
    assert start(as_(town.person()), title="क्ष" * 5).status_code == 201
    assert set(start(as_(town.person()), title="क्ष" * 4).json()["fields"]) == {"title"}


@pytest.mark.parametrize(
    "typed", ["Corner dump" + "\u0316" * 5, "Corner dump" + "\u0301\u0302" * 20, "⃝" * 8 + "Corner dump"]
)
def test_heaps_of_marks_are_refused(typed: str, as_: As, town: Town) -> None:
    refused = start(as_(town.person()), title=typed)
    assert refused.json()["fields"] == {"title": "Too many signs are heaped on one letter. Write it plainly."}


def test_a_long_reason_is_refused_and_never_cut(as_: As, town: Town) -> None:
    campaign = start(as_(town.person())).json()
    decline, admin = f"/api/admin/campaigns/{campaign['id']}/decline", as_(town.admin())
    refused: Any = admin.post(decline, {"reason": "की" * 501})
    assert (refused.status_code, refused.json()["error"]) == (422, "REASON_TOO_LONG")
    assert refused.json()["detail"].startswith("Use at most 500 letters: 1 too many.")
    assert admin.post(decline, {"reason": "\u3164\u2800"}).json()["error"] == "REASON_MISSING"
    assert admin.post(decline, {"reason": "की" * 500}).status_code == 200
    with town.uow() as uow:
        assert uow.get(Campaign, campaign["id"]).cancel_reason == "की" * 500
