"""Answers that are ready at the support desk: written anew by a senior, heeded by the desk, never forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.canned_answers import FIGURES, LANGUAGES, SHIPPED, figures_in
from cleanit_app.i18n.canned_answers import shipped_words
from cleanit_app.i18n.catalogue import KEYS
from cleanit_app.i18n.house_figures import house_figures
from cleanit_app.models import new_id
from tests.api.conftest import Caller
from tests.factories import Town

As = Callable[[Actor], Caller]
ALL = "/api/admin/canned-answers"
WHY = "Many wrote back after the old words"
PUMP = {"topic": "Pump", "text": "The pump is repaired on Monday."}
PUMP_HI = {"topic": "पंप", "text": "पंप सोमवार को ठीक होगा।"}
pytestmark = pytest.mark.row("OPS-01")


def item(senior: Caller, answer: str) -> dict[str, Any]:
    """What the list says of one answer."""
    found: list[dict[str, Any]] = senior.get(ALL).json()["items"]
    return next(one for one in found if one["answer"] == answer)


def asked(as_: As, town: Town, language: str) -> str:
    """A question of somebody who reads this language; its id."""
    data = {"topic": "OTHER", "text": "Is the pump repaired?"}
    sent = as_(town.person())("POST", "/api/support/tickets", data=data, headers={"Cookie": f"lang={language}"})
    return str(sent.json()["id"])


def ready(as_: As, town: Town, ticket: str, language: str = "en") -> dict[str, tuple[str, str, str]]:
    """What the desk can put into the answer to a question: answer → name, text, language."""
    desk = as_(town.admin(AdminDuty.SUPPORT))
    found = desk.get(f"/api/admin/support/{ticket}", headers={"Cookie": f"lang={language}"}).json()["ready"]
    return {one["answer"]: (one["name"], one["text"], one["language"]) for one in found}


def test_shipped_words_count_until_somebody_changes_them(as_: As, town: Town) -> None:
    offered = ready(as_, town, asked(as_, town, "hi"))
    assert list(offered) == list(SHIPPED)
    name, said, language = offered["refund"]
    assert (name, language) == ("When the refund comes", "hi")
    assert "5 से 7" in said or "5" in said
    assert "{house." not in said
    found = item(as_(town.admin()), "refund")
    assert (found["own"], found["version"], found["changes"]) == ([], None, [])
    assert "{house.refund_days_most}" in found["words"]["mr"]["text"]


def test_changed_words_reach_the_desk_in_that_language_alone_and_keep_their_history(as_: As, town: Town) -> None:
    senior = as_(town.admin(name="Zoya Ali"))
    words = {"hi": {"topic": "कागज़", "text": "कागज़ साफ़ नहीं थे। फिर से भेजिए।"}}
    assert senior("PUT", f"{ALL}/papers", {"words": words, "why": WHY, "seen": ""}).status_code == 204
    in_hindi, in_english = (ready(as_, town, asked(as_, town, lang))["papers"] for lang in ("hi", "en"))
    assert in_hindi[1:] == (words["hi"]["text"], "hi")
    assert in_english[1] == shipped_words("papers")["en"].text
    first = item(senior, "papers")
    assert (first["own"], len(first["changes"])) == (["hi"], 1)
    town.clock.move(minutes=1)
    again = {"hi": words["hi"] | {"text": "कागज़ धुँधले थे। फिर से भेजिए।"}}
    assert senior("PUT", f"{ALL}/papers", {"words": again, "why": WHY, "seen": first["version"]}).status_code == 204
    newest, oldest = item(senior, "papers")["changes"]
    assert (oldest["was"], oldest["words"], oldest["madeByName"], oldest["why"]) == ({}, words, "Zoya Ali", WHY)
    assert (newest["was"], newest["words"]) == (words, again)
    acts = senior.get("/api/admin/actions", params={"action": "CannedAnswerChanged"}).json()["items"]
    assert [(one["adminName"], one["details"]["title"]) for one in acts] == [("Zoya Ali", "कागज़")] * 2


def test_words_as_shipped_are_no_words_of_ones_own(as_: As, town: Town) -> None:
    """Sent back as they were read, they go on following the catalogue."""
    senior = as_(town.admin())
    words = item(senior, "debited")["words"]
    changed = words | {"mr": words["mr"] | {"topic": "पैसे कापले"}}
    assert senior("PUT", f"{ALL}/debited", {"words": changed, "why": WHY}).status_code == 204
    assert item(senior, "debited")["own"] == ["mr"]
    back = senior("PUT", f"{ALL}/debited", {"words": words, "why": WHY})
    assert (back.status_code, item(senior, "debited")["own"]) == (204, [])
    assert senior("PUT", f"{ALL}/debited", {"words": words, "why": WHY}).status_code == 422


def test_an_answer_of_ones_own_comes_in_another_language_and_says_so(as_: As, town: Town) -> None:
    senior = as_(town.admin())
    made = senior.post(ALL, {"words": {"hi": PUMP_HI, "mr": {"topic": " ", "text": ""}}, "why": WHY})
    assert made.status_code == 201
    name = made.json()["answer"]
    marathi = asked(as_, town, "mr")
    assert ready(as_, town, marathi)[name] == ("पंप (in हिन्दी)", PUMP_HI["text"], "hi")
    assert ready(as_, town, asked(as_, town, "hi"), "hi")[name] == ("पंप", PUMP_HI["text"], "hi")
    both = {"words": {"hi": PUMP_HI, "en": PUMP}, "why": WHY}
    assert senior("PUT", f"{ALL}/{name}", both).status_code == 204
    assert ready(as_, town, marathi, "mr")[name][1:] == (PUMP["text"], "en")


def test_a_retired_answer_is_offered_no_more_until_it_is_again(as_: As, town: Town) -> None:
    senior, ticket = as_(town.admin()), asked(as_, town, "en")
    name = senior.post(ALL, {"words": {"en": PUMP}, "why": WHY}).json()["answer"]
    for answer in (name, "photo"):
        assert answer in ready(as_, town, ticket)
        assert senior("PUT", f"{ALL}/{answer}", {"retired": True, "why": WHY}).status_code == 204
        assert answer not in ready(as_, town, ticket)
        assert item(senior, answer)["retired"] is True
        assert senior("PUT", f"{ALL}/{answer}", {"retired": True, "why": WHY}).status_code == 422
        assert senior("PUT", f"{ALL}/{answer}", {"retired": False, "why": WHY}).status_code == 204
        assert answer in ready(as_, town, ticket)


def test_a_figure_of_the_house_is_filled_in_where_the_answer_is_used(as_: As, town: Town) -> None:
    senior = as_(town.admin())
    words = {"en": {"topic": "Answers", "text": "Somebody answers within {house.answer_hours} hours."}}
    name = senior.post(ALL, {"words": words, "why": WHY}).json()["answer"]
    assert ready(as_, town, asked(as_, town, "en"))[name][1] == "Somebody answers within 24 hours."
    assert item(senior, name)["words"] == words


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({"en": {"topic": "Refund", "text": "It takes 7 days."}}, "enText", "These figures must stay"),
        ({"hi": {"topic": "Pump {house.x}", "text": "ठीक"}}, "hiTopic", "Braces hold only"),
        ({"mr": {"topic": "पैसे", "text": "{name}, {house.refund_days_least} {house.refund_days_most}"}}, "mrText",
         "Braces hold only"),
        ({"en": {"topic": "", "text": "Words without a topic."}}, "enTopic", "Write the topic too"),
        ({"en": {"topic": "A topic", "text": "  "}}, "enText", "Write the words too"),
        ({"en": {"topic": "x" * 81, "text": "{house.refund_days_least} {house.refund_days_most}"}}, "enTopic", "1 too"),
        ({"mr": {"topic": "पै", "text": "न" * 2001}}, "mrText", "1 too many"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_are_named_at_their_field(
    as_: As, town: Town, words: dict[str, Any], field: str, sentence: str
) -> None:
    refused = as_(town.admin())("PUT", f"{ALL}/refund", {"words": words, "why": ""})
    assert refused.status_code == 422
    assert sentence in refused.json()["fields"][field]
    assert "why" in refused.json()["fields"]


def test_without_words_without_an_answer_and_after_somebody_else(as_: As, town: Town) -> None:
    senior = as_(town.admin())
    assert list(senior.post(ALL, {"words": "no", "why": WHY}).json()["fields"]) == ["enTopic"]
    assert senior("PUT", f"{ALL}/nothing", {"words": {"en": PUMP}, "why": WHY}).status_code == 404
    name = senior.post(ALL, {"words": {"en": PUMP}, "why": WHY}).json()["answer"]
    crossed = senior("PUT", f"{ALL}/{name}", {"words": {"hi": PUMP_HI}, "why": WHY, "seen": str(new_id())})
    assert (crossed.status_code, list(crossed.json()["fields"])) == (422, ["why"])
    assert list(senior("PUT", f"{ALL}/{name}", {"words": {}, "why": WHY}).json()["fields"]) == ["enTopic"]


def test_markup_is_taken_out_of_words(as_: As, town: Town) -> None:
    senior = as_(town.admin())
    name = senior.post(ALL, {"words": {"en": PUMP | {"text": "Look <b>here</b><script>x()</script>"}}, "why": WHY})
    assert "<" not in item(senior, name.json()["answer"])["words"]["en"]["text"]


def test_only_a_senior_with_the_second_factor_changes_answers(as_: As, town: Town) -> None:
    wish = {"words": {"en": PUMP}, "why": WHY}
    for caller in (as_(replace(town.admin(), proved=False)), as_(town.admin(AdminDuty.SUPPORT)), as_(town.person())):
        assert caller.post(ALL, wish).status_code == 403
        assert caller("PUT", f"{ALL}/photo", wish).status_code == 403


@pytest.mark.parametrize("answer", SHIPPED)
def test_the_list_of_shipped_answers_is_that_of_the_catalogue(answer: str) -> None:
    for words in shipped_words(answer).values():
        assert figures_in(words.text) == (SHIPPED[answer], False)
    assert list(shipped_words(answer)) == list(LANGUAGES)
    assert house_figures().keys() >= FIGURES >= SHIPPED[answer]
    names = {key.split(".")[1] for key in KEYS if key.startswith("canned.")}
    assert names == set(SHIPPED)


@pytest.mark.parametrize(
    "wrong",
    [
        """INSERT INTO canned_answer_versions SELECT :id, 'own', '{}', false, 'x', now(), id FROM users LIMIT 1""",
        """INSERT INTO canned_answer_versions SELECT :id, 'photo', '{"en": {"topic": "x"}}', false, 'x', now(), id
           FROM users LIMIT 1""",
        """INSERT INTO canned_answer_versions SELECT :id, 'photo', '{"fr": {"topic": "x", "text": "y"}}', false, 'x',
           now(), id FROM users LIMIT 1""",
        """INSERT INTO canned_answer_versions SELECT :id, 'photo', '{}', false, ' ', now(), id FROM users LIMIT 1""",
        "UPDATE canned_answer_versions SET retired = true",
        "DELETE FROM canned_answer_versions",
        "TRUNCATE canned_answer_versions",
    ],
)
def test_the_database_refuses_what_no_senior_could_write(as_: As, town: Town, db: Engine, wrong: str) -> None:
    assert as_(town.admin()).post(ALL, {"words": {"en": PUMP}, "why": WHY}).status_code == 201
    with pytest.raises(IntegrityError), db.begin() as connection:
        connection.exec_driver_sql(wrong.replace(":id", f"'{new_id()}'"))
