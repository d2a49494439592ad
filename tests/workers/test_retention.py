"""How long what is kept: every table has a rule, the clock runs it, and the privacy page says it (LAW-02)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import SQLModel

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.retention import NOBODY_IN_IT, RETENTION
from cleanit_app.i18n.house_figures import house_figures
from cleanit_app.i18n.locales import LANGUAGES, messages
from cleanit_app.models import Cleaner, Session, User, WebhookEvent, id_of_moment
from cleanit_app.pages.public.privacy import SECTIONS
from cleanit_app.services.auth.sign_in import Visitor, open_session
from cleanit_app.services.people.pans import save_pan
from cleanit_app.services.review.approval_reversal import take_back_approval
from cleanit_app.wiring import Wiring
from tests.factories import Town
from workers.jobs import people
from workers.schedule import entry

pytestmark = pytest.mark.row("LAW-02")
A_DAY = timedelta(days=1)


def test_every_table_stands_in_one_rule() -> None:
    named = Counter(table for rule in RETENTION for table in rule.tables) + Counter(NOBODY_IN_IT)
    assert named == Counter(table.name for table in SQLModel.metadata.sorted_tables)


def test_the_clock_runs_each_rule() -> None:
    assert [rule.name for rule in RETENTION if entry(rule.job) is None] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_privacy_page_says_each_rule_with_its_figure(lang: str) -> None:
    said = messages(lang)
    assert "privacy.keep." in SECTIONS
    for rule in RETENTION:
        assert f"{{house.{rule.figure}}}" in said[rule.said][-1], rule.name
    rules = {rule.said for rule in RETENTION}
    about_cookies = {"privacy.keep.title", "privacy.keep.2"}
    assert {key for key in said if key.startswith("privacy.keep.")} == rules | about_cookies


def test_the_figures_are_those_of_the_rules() -> None:
    figures = house_figures()
    for rule in RETENTION:
        days = (rule.life or LIMITS.erasure_wait).days
        assert figures[rule.figure] in (str(days), str(days // 365)), rule.name


def taxed_cleaner_who_left(town: Town, parts: Wiring) -> Actor:
    """Tax was counted for this person, who then had the account deleted."""
    cleaner = town.cleaner("Gulabchand Ferozepuri")
    with town.uow() as uow:
        save_pan(uow, actor=cleaner, number="ABCPF1234K", cipher=parts.cipher)
    job = town.verified(cleaner)
    with town.uow() as uow:
        take_back_approval(uow, actor=town.admin(), job_id=job.id, reason="Another street.")
        uow.get(User, cleaner.user_id).erase_at = uow.now
    people.erase_accounts()
    return cleaner


def test_name_and_pan_stay_sealed_for_the_tax_papers_and_go_after_seven_years(town: Town, parts: Wiring) -> None:
    taxed, other = taxed_cleaner_who_left(town, parts), town.cleaner()
    with town.uow() as uow:
        save_pan(uow, actor=other, number="ABCPF1234L", cipher=parts.cipher)
        uow.get(User, other.user_id).erase_at = uow.now
    people.erase_accounts()
    with town.uow() as uow:
        kept, left, gone = (
            uow.get(Cleaner, taxed.user_id),
            uow.get(User, taxed.user_id),
            uow.get(Cleaner, other.user_id),
        )
        assert left.name == "Deleted User"
        assert kept.tax_name_locked
        context = f"cleaners:tax_name_locked:{taxed.user_id}"
        assert parts.cipher.unlock(kept.tax_name_locked, context=context) == "Gulabchand Ferozepuri"
        assert (kept.pan_locked is not None, gone.pan_locked, gone.tax_name_locked) == (True, None, None)
    town.clock.at += LIMITS.money_records_life
    for days, there in ((-1, True), (2, False)):
        town.clock.at += days * A_DAY
        people.clear_old_records()
        with town.uow() as uow:
            kept, left = uow.get(Cleaner, taxed.user_id), uow.get(User, taxed.user_id)
            assert (kept.pan_locked is not None, kept.tax_name_locked is not None) == (there, there)
            assert (left.email_hash is not None, left.phone_hash is not None) == (there, there)


def test_messages_are_emptied_after_half_a_year_and_not_before_they_were_worked_on(town: Town, parts: Wiring) -> None:
    assert parts
    with town.uow() as uow:
        for number, done in ((1, uow.now), (2, None)):
            said = WebhookEvent(
                id=id_of_moment(uow.now),
                event_id=f"evt_{number}",
                body_sha256=bytes([number]),
                event="payment.captured",
                body=b"{}",
                received_at=uow.now,
                next_try_at=uow.now,
                processed_at=done,
            )
            uow.add(said)
    town.clock.at += LIMITS.messages_life
    for days, bodies in ((-1, [b"{}", b"{}"]), (2, [b"", b"{}"])):
        town.clock.at += days * A_DAY
        people.clear_old_records()
        with town.uow() as uow:
            assert sorted(one.body for one in uow.all(WebhookEvent)) == bodies


def test_where_somebody_signed_in_is_forgotten_after_a_year_and_stays_of_admins(town: Town, parts: Wiring) -> None:
    assert parts
    person, admin = town.person(), town.admin()
    for one in (person, admin):
        with town.uow() as uow:
            visitor = Visitor("10.1.2.3", user_agent="A phone")
            opened = open_session(uow, user_id=one.user_id, visitor=visitor, with_cookie=True)
            uow.get(Session, opened.session_id).id = id_of_moment(uow.now)
    town.clock.at += LIMITS.device_life + LIMITS.session_life + A_DAY
    people.clear_old_records()
    with town.uow() as uow:
        seen = {one.user_id: (one.address, one.user_agent) for one in uow.all(Session)}
    assert seen == {person.id: ("", ""), admin.id: ("10.1.2.3", "A phone")}
