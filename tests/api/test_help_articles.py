"""Help articles over REST: begun with the desk's own answer, found by everybody while published, never forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from cleanit_app import routes
from cleanit_app.domain.actors import NOBODY, Actor, AdminDuty
from cleanit_app.domain.help_articles import names_somebody
from cleanit_app.models import new_id
from cleanit_app.reads.support.help_articles import published_articles
from cleanit_app.state.threads import help_articles_in
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]
PUBLIC, DESK = "/api/help/articles", "/api/admin/support"
QUESTION, ANSWER = "My pump stands still since Diwali.", "Close the valve, wait an hour, then open it again."
EN = {"title": "When a pump stands still", "text": "Close the valve, wait an hour,\nthen open it again."}
HI = {"title": "जब पंप रुक जाए", "text": "वाल्व बंद करें, एक घंटा रुकें, फिर खोलें।"}
pytestmark = pytest.mark.row("OPS-02")


def asked(as_: As, person: Actor, language: str = "en") -> str:
    """A question of somebody who reads this language; its id."""
    data, headers = {"topic": "OTHER", "text": QUESTION}, {"Cookie": f"lang={language}"}
    return str(as_(person)("POST", "/api/support/tickets", data=data, headers=headers).json()["id"])


def answered(as_: As, town: Town, language: str = "en") -> tuple[Caller, str]:
    """Who answers support, and where the article of a question that has an answer and a note is written."""
    ticket = asked(as_, town.person(name="Salma Bano"), language)
    desk = as_(town.admin(AdminDuty.SUPPORT, name="Zoya Ali"))
    for text, internal in ((ANSWER, "false"), ("Ask the ward, too.", "true")):
        assert desk.post(f"{DESK}/{ticket}/messages", data={"text": text, "internal": internal}).status_code == 201
    return desk, f"{DESK}/{ticket}/article"


def published(as_: As, town: Town, words: dict[str, Any], language: str = "en") -> tuple[Caller, str, str]:
    """A published article: who wrote it, its door at the desk, its id."""
    desk, door = answered(as_, town, language)
    assert desk("PUT", door, {"words": words}).status_code == 200
    return desk, door, str(desk.post(f"{door}/publish").json()["id"])


def found(caller: Caller, q: str = "", language: str = "en") -> list[str]:
    """The titles that a search finds for a reader of this language."""
    page = caller.get(PUBLIC, params={"q": q}, headers={"Cookie": f"lang={language}"})
    assert page.status_code == 200
    return [str(one["title"]) for one in page.json()["items"]]


def test_it_begins_with_the_desk_s_answer_and_never_with_the_question(as_: As, town: Town) -> None:
    desk, door = answered(as_, town, "hi")
    begun = desk.get(door).json()
    assert (begun["proposed"], begun["language"], begun["words"], begun["status"]) == (ANSWER, "hi", {}, None)
    assert QUESTION not in str(begun)
    assert "ward" not in str(begun)  # a note between admins


def test_a_draft_is_seen_by_the_desk_a_published_one_by_everybody_a_withdrawn_one_by_nobody(
    as_: As, anybody: Caller, town: Town
) -> None:
    desk, door = answered(as_, town)
    draft = desk("PUT", door, {"words": {"en": EN}, "seen": ""}).json()
    assert (draft["status"], draft["words"]) == ("DRAFT", {"en": EN})
    one = f"{PUBLIC}/{draft['id']}"
    assert (found(anybody), anybody.get(one).status_code) == ([], 404)
    for _ in range(2):
        assert desk.post(f"{door}/publish").json()["status"] == "PUBLISHED"
        read = anybody.get(one).json()
        assert (read["title"], read["text"], read["url"]) == (
            EN["title"], EN["text"], f"http://localhost:8000{routes.help_article(draft['id'])}",
        )  # fmt: skip
        assert found(anybody) == [EN["title"]]
        assert desk.post(f"{door}/publish").status_code == 409
        assert desk.post(f"{door}/withdraw").json()["status"] == "WITHDRAWN"
        assert (found(anybody), anybody.get(one).status_code) == ([], 404)
        with town.uow() as uow:  # as the help page asks
            assert published_articles(uow, actor=NOBODY).items == ()
            assert published_articles(uow, actor=NOBODY, words=["pump"]).items == ()
    history = desk.get(door).json()["history"]
    told = ["WITHDRAWN", "PUBLISHED", "WITHDRAWN", "PUBLISHED", "DRAFT"]
    assert [(line["status"], line["name"]) for line in history] == [(status, "Zoya Ali") for status in told]
    acts = as_(town.admin()).get("/api/admin/actions", params={"action": "HelpArticlePublished"}).json()["items"]
    assert [one["details"]["title"] for one in acts] == [EN["title"]] * 2


def test_another_edition_is_read_at_once_and_stands_in_the_history(as_: As, anybody: Caller, town: Town) -> None:
    desk, door, article = published(as_, town, {"en": EN})
    seen = desk.get(door).json()["edition"]
    town.clock.move(minutes=1)
    better = EN | {"text": "Close the valve, wait two hours, then open it again."}
    assert desk("PUT", door, {"words": {"en": better}, "seen": seen}).status_code == 200
    assert anybody.get(f"{PUBLIC}/{article}").json()["text"] == better["text"]
    assert [line["status"] for line in desk.get(door).json()["history"]] == [None, "PUBLISHED", "DRAFT"]
    crossed = desk("PUT", door, {"words": {"en": EN}, "seen": seen})
    assert (crossed.status_code, list(crossed.json()["fields"])) == (422, ["enTitle"])


def test_it_is_read_in_ones_own_language_or_in_one_that_is_named(as_: As, anybody: Caller, town: Town) -> None:
    _, _, article = published(as_, town, {"en": EN, "hi": HI})
    said = {}
    for language in ("en", "hi", "mr"):
        headers = {"Cookie": f"lang={language}"}
        one = anybody.get(f"{PUBLIC}/{article}", headers=headers).json()
        said[language] = one["title"], one["language"], one["inYourLanguage"]
    assert said == {
        "en": (EN["title"], "en", True), "hi": (HI["title"], "hi", True), "mr": (EN["title"], "en", False),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sought", "finds"),
    [
        ("pump", True), ("  PUMP   Valve ", True), ("पंप", True), ("रुक वाल्व", True), ("stands पंप", True),
        ("zebra", False), ("pump zebra", False), ("%", False), ("_", False), ("title", False), ("' OR 1=1 --", False),
        ("\\", False),
    ],
)  # fmt: skip
def test_words_of_any_language_find_it(as_: As, anybody: Caller, town: Town, sought: str, finds: bool) -> None:
    published(as_, town, {"en": EN, "hi": HI})
    assert found(anybody, sought) == ([EN["title"]] if finds else [])


def test_many_are_found_page_by_page(as_: As, anybody: Caller, town: Town) -> None:
    titles = [f"When a pump stands still, part {n}" for n in range(3)]
    for title in titles:
        published(as_, town, {"en": EN | {"title": title}})
    first = anybody.get(PUBLIC, params={"limit": 2, "q": "pump"}).json()
    then = anybody.get(PUBLIC, params={"limit": 2, "q": "pump", "cursor": first["nextCursor"]}).json()
    assert [one["title"] for one in (*first["items"], *then["items"])] == titles[::-1]
    assert then["nextCursor"] is None


def test_the_thread_leads_to_it_and_the_person_is_answered_with_it(as_: As, town: Town) -> None:
    desk, door, article = published(as_, town, {"hi": HI}, "mr")
    thread = door.removesuffix("/article")
    opened = desk.get(thread).json()
    url = f"http://localhost:8000{routes.help_article(article)}"
    assert opened["articleUrl"] == url
    ready = opened["ready"][0]
    assert (ready["answer"], ready["language"]) == ("article", "hi")
    assert ready["text"].endswith(url)
    sent = desk.post(f"{thread}/messages", data={"text": ready["text"]}).json()
    assert help_articles_in(sent["messages"][-1]["text"]) == [routes.help_article(article)]
    desk.post(f"{door}/withdraw")
    withdrawn = desk.get(thread).json()
    assert (withdrawn["articleUrl"], withdrawn["ready"][0]["answer"]) == (None, "debited")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("see https://cleanit.example/help/answers/0190a000-0000-7000-8000-000000000000.", 1),
        ("/help/answers/0190a000-0000-7000-8000-000000000000 /help/answers/0190a000-0000-7000-8000-000000000000", 1),
        ("/help/answers/0190a000-0000-7000-8000-000000000000x", 0),
        ("/help/camera", 0),
    ],
)
def test_an_address_in_a_text_leads_to_its_article(text: str, count: int) -> None:
    assert len(help_articles_in(text)) == count
    assert all(one in text for one in help_articles_in(text))


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({}, "enTitle", "at least one language"),
        ({"en": EN | {"title": ""}}, "enTitle", "Write the title too"),
        ({"hi": HI | {"text": " "}}, "hiText", "Write the text too"),
        ({"mr": {"title": "प", "text": "न" * 4001}}, "mrText", "1 too many"),
        ({"en": EN | {"text": "Salma Bano asked for it, and it went well."}}, "enText", "whose question it was"),
        ({"en": EN | {"title": "What Salma asked us"}}, "enTitle", "whose question it was"),
    ],
)
def test_what_is_wrong_is_named_at_its_field(
    as_: As, town: Town, words: dict[str, Any], field: str, sentence: str
) -> None:
    desk, door = answered(as_, town)
    refused = desk("PUT", door, {"words": words})
    assert refused.status_code == 422
    assert sentence in refused.json()["fields"][field]
    assert desk.get(door).json()["status"] is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Call +91 98765 43210", True), ("Call 98765-43210.", True), ("Write to SALMA@mail.example", True),
        ("Salma, wait", True), ("Bano", False), ("salmanella", False), ("Salmanella", False),
        ("Call 1800 11 4000", False),
    ],
)  # fmt: skip
def test_whose_question_it_was_is_found_in_whatever_form(text: str, names: bool) -> None:
    assert names_somebody(text, "Salma Bano", ("+919876543210", "salma@mail.example")) is names


def test_markup_becomes_plain_text(as_: As, anybody: Caller, town: Town) -> None:
    text = "Look <b>here</b> for the valve<script>alert(1)</script> of the pump"
    _, _, article = published(as_, town, {"en": EN | {"text": text}})
    assert "<" not in anybody.get(f"{PUBLIC}/{article}").json()["text"]


def test_only_who_answers_support_with_the_second_factor_writes(as_: As, town: Town) -> None:
    desk, door = answered(as_, town)
    assert desk("PUT", door, {"words": {"en": EN}}).status_code == 200
    for actor in (replace(town.admin(AdminDuty.SUPPORT), proved=False), town.admin(AdminDuty.FINANCE), town.person()):
        caller = as_(actor)
        assert caller("PUT", door, {"words": {"en": EN}}).status_code == 403
        assert caller.post(f"{door}/publish").status_code == 403
        assert caller.post(f"{door}/withdraw").status_code == 403
    own = town.admin(AdminDuty.SUPPORT)
    mine = f"{DESK}/{asked(as_, own)}/article"
    assert as_(own)("PUT", mine, {"words": {"en": EN}}).json()["error"] == "OWN_INTEREST"
    assert desk.post(f"{DESK}/{new_id()}/article/publish").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE help_articles SET published_at = NULL",
        "UPDATE help_articles SET status = 'DRAFT'",
        "UPDATE help_article_editions SET words = '{}'",
        "DELETE FROM help_article_editions",
        """INSERT INTO help_article_editions SELECT :id, article_id, '{"en": {"title": "x"}}', now(), made_by
           FROM help_article_editions""",
        """INSERT INTO help_article_editions SELECT :id, article_id, '{}', now(), made_by FROM help_article_editions""",
        """INSERT INTO help_articles SELECT :id, ticket_id, 'DRAFT', now(), NULL FROM help_articles""",
    ],
)
def test_the_database_refuses_what_no_admin_could_write(as_: As, town: Town, db: Engine, wrong: str) -> None:
    published(as_, town, {"en": EN})
    with pytest.raises(IntegrityError), db.begin() as connection:
        connection.exec_driver_sql(wrong.replace(":id", f"'{new_id()}'"))
