"""What the legal and helping texts say of Cleanit is compared with what Cleanit does."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI

from cleanit_app.models import User
from cleanit_app.pages.cleaner.my_job import REASONS
from cleanit_app.reads.payments.contributions import my_transactions
from cleanit_app.services.payments.payments import apply_payment
from tests.api.test_planted_cookies import enter
from tests.factories import Town
from tests.house.source import PROJECT
from tests.support.words import WORDS

NUMBERS = {"en": {3: "three", 4: "four", 5: "five", 6: "six"}, "hi": {3: "तीन", 4: "चार", 5: "पाँच", 6: "छह"}}
SET_BY_PAGES = re.compile(r'remember\("(\w+)"')


@pytest.mark.row("SEC-03")
def test_privacy_names_as_many_cookies_as_are_set(api: FastAPI, town: Town) -> None:
    with town.uow() as uow:
        mail = uow.get(User, town.person().user_id).email or ""
    by_the_server = {name for door in ("/api/auth/login", "/session/login") for name in enter(api, mail, door)}
    scripts = [*(PROJECT / "assets").glob("*.js"), *(PROJECT / "cleanit_app" / "components").rglob("*.js*")]
    sources = [script.read_text(encoding="utf-8") for script in scripts]
    by_scripts = {name for source in sources for name in SET_BY_PAGES.findall(source)}
    assert sum("document.cookie =" in source for source in sources) == 1, "a script sets cookies in a way of its own"
    count = len(by_the_server) + len(by_scripts)
    for said, language in zip(WORDS["privacy.keep.2"], ("en", "hi"), strict=True):
        assert f" {NUMBERS[language][count]} " in said, (by_the_server, by_scripts)


@pytest.mark.row("JOB-13")
def test_help_sends_nobody_to_a_reason_that_is_not_there() -> None:
    assert "with that reason" in WORDS["help.a_unsafe"][0]
    assert "unsafe" in REASONS


@pytest.mark.row("LAW-01", "LAW-03")
def test_texts_lead_to_places_by_the_names_these_have() -> None:
    rights, ask = WORDS["privacy.rights.1"], WORDS["privacy.ask.1"]
    for language in (0, 1):
        assert WORDS["account.title"][language] in rights[language]
        assert WORDS["help.title"][language] in ask[language]


@pytest.mark.row("PAY-10")
def test_what_was_given_leaves_out_what_came_back(town: Town) -> None:
    campaign = town.campaign(target_paise=100_000)
    me = town.person()
    first, part = town.wish(campaign, 70_000), town.wish(campaign, 60_000, me)  # of it ₹300 stay and ₹300 go back
    for wish in (first, part):
        with town.uow() as uow:
            apply_payment(uow, contribution_id=wish.id, payment=town.payment(wish))
    with town.uow() as uow:
        totals = my_transactions(uow, actor=me).totals
    assert (totals.given_paise, totals.stayed_paise, totals.refund_on_the_way_paise) == (60_000, 30_000, 30_000)
