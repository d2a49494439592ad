"""Whose account is it: asked at the bank over HTTP, compared, confirmed by a person where no bank answers."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest
from sqlmodel import select

from cleanit_app.adapters.razorpay_client import RazorpayClient
from cleanit_app.adapters.razorpay_payouts import RazorpayPayouts
from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.domain.errors import AccountChanged, AccountRefused
from cleanit_app.models import AccountCheck, Cleaner, Notification
from cleanit_app.ports import BankDetails, ProviderRejected, UpiDetails
from cleanit_app.reads.people.people import cleaners_waiting
from cleanit_app.services import webhooks
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.payouts import payouts
from cleanit_app.services.payouts.fund_accounts import ensure_fund_account
from cleanit_app.services.people import bank_account_checks, bank_account_verification, kyc
from tests.factories import FORMAT, Town
from tests.sandbox.running import KEY_ID, KEY_SECRET, X_ACCOUNT, Sandbox, receiving, running_sandbox
from tests.support.shop import CIPHER, Shop, open_shop
from workers.jobs import people

ACCOUNT = BankDetails("Ramesh Pal", "765432123456789", "HDFC0000053")
pytestmark = pytest.mark.row("LAW-08", "PAY-04")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(Path(tmp_path_factory.mktemp("sandbox")) / "book.db") as running:
        yield running


@pytest.fixture
def shop(town: Town, sandbox: Sandbox) -> Iterator[Shop]:
    shop = open_shop(town, sandbox)
    sandbox.control("delays", validation_delay=-1)
    yield shop
    sandbox.control("faults", "DELETE")


def newcomer(shop: Shop, details: BankDetails | UpiDetails = ACCOUNT, name: str = "Ramesh Pal") -> tuple[Actor, UUID]:
    """A cleaner who has just given an account, and the question about it."""
    cleaner = shop.town.person(Role.CLEANER, name)
    return cleaner, give(shop, cleaner, details)


def give(shop: Shop, cleaner: Actor, details: BankDetails | UpiDetails) -> UUID:
    with shop.town.uow() as uow:
        kyc.save_payout_details(uow, actor=cleaner, details=details, cipher=CIPHER)
        check = bank_account_checks.latest_check(uow, cleaner_id=cleaner.user_id)
        assert check
        return check.id


def ask(shop: Shop, check_id: UUID) -> AccountCheck:
    """What the worker does."""
    bank_account_verification.check_account(shop.town.open, shop.payouts, CIPHER, check_id=check_id)
    with shop.town.uow() as uow:
        return uow.get(AccountCheck, check_id)


def settle(shop: Shop, check_id: UUID, move: str = "complete") -> AccountCheck:
    """The bank answers, and the worker asks what became of the question."""
    provider_id = ask(shop, check_id).provider_id
    shop.sandbox.control(f"validations/{provider_id}/{move}")
    shop.town.clock.move(hours=1)
    return ask(shop, check_id)


def confirmed(shop: Shop, cleaner: Actor) -> bool:
    with shop.town.uow() as uow:
        return uow.get(Cleaner, cleaner.user_id).payout_verified_at is not None


def heard(shop: Shop, person: Actor) -> set[str]:
    with shop.town.uow() as uow:
        relay_outbox(uow)
    with shop.town.uow() as uow:
        return {n.kind for n in uow.all(Notification, Notification.user_id == person.user_id)}


@pytest.mark.parametrize("details", [ACCOUNT, UpiDetails("Ramesh Pal", "ramesh@okbank")])
def test_the_same_name_at_the_bank_confirms_an_account(shop: Shop, details: BankDetails | UpiDetails) -> None:
    cleaner, check_id = newcomer(shop, details)
    assert not confirmed(shop, cleaner)
    assert ask(shop, check_id).status == "ASKED"
    done = settle(shop, check_id)
    assert (done.status, done.score, done.registered_name) == ("MATCHES", 100, "Ramesh Pal")
    assert confirmed(shop, cleaner)
    assert "account_confirmed" in heard(shop, cleaner)


@pytest.mark.parametrize(
    ("joined_as", "bank_says", "status"),
    [
        ("रमेश पाल", "RAMESH PAL", "MATCHES"),
        ("ਰਮੇਸ਼ ਪਾਲ", "MR RAMESH PAL", "MATCHES"),
        ("रमेश पाल", "SURESH PAL", "DIFFERS"),
        ("राकेश पाल", "RAJESH PAL", "DIFFERS"),
    ],
)
def test_a_name_in_another_script_is_read_before_it_is_compared(
    shop: Shop, joined_as: str, bank_says: str, status: str
) -> None:
    shop.sandbox.control("bank-accounts", account=ACCOUNT.account_number, registered_name=bank_says)
    cleaner, check_id = newcomer(shop, replace(ACCOUNT, holder_name=joined_as), name=joined_as)
    assert settle(shop, check_id).status == status
    assert confirmed(shop, cleaner) is (status == "MATCHES")


def test_another_name_at_the_bank_waits_for_compliance(shop: Shop) -> None:
    admin = shop.town.admin(AdminDuty.COMPLIANCE)
    shop.sandbox.control("bank-accounts", account=ACCOUNT.account_number, registered_name="SURESH GUPTA")
    cleaner, check_id = newcomer(shop)
    done = settle(shop, check_id)
    assert (done.status, done.registered_name) == ("DIFFERS", "SURESH GUPTA")
    assert done.score is not None
    assert done.score < 50
    assert not confirmed(shop, cleaner)
    assert "account_to_confirm" in heard(shop, admin)
    assert "account_waits" in heard(shop, cleaner)
    shop.confirm(cleaner)
    assert confirmed(shop, cleaner)


def test_an_account_the_bank_does_not_know_asks_the_cleaner_and_nobody_can_confirm_it(shop: Shop) -> None:
    shop.sandbox.control("bank-accounts", account=ACCOUNT.account_number, account_status="invalid")
    cleaner, check_id = newcomer(shop)
    assert settle(shop, check_id).status == "INVALID"
    assert "account_wrong" in heard(shop, cleaner)
    with pytest.raises(AccountRefused):
        shop.confirm(cleaner)
    again = give(shop, cleaner, UpiDetails("Ramesh Pal", "pal@okbank"))
    assert settle(shop, again).status == "MATCHES"
    assert confirmed(shop, cleaner)


def test_a_bank_that_cannot_say_leaves_it_to_a_person(shop: Shop) -> None:
    admin = shop.town.admin(AdminDuty.COMPLIANCE)
    cleaner, check_id = newcomer(shop)
    assert settle(shop, check_id, "fail").status == "UNAVAILABLE"
    assert not confirmed(shop, cleaner)
    assert "account_to_confirm" in heard(shop, admin)


def test_a_provider_without_checks_leaves_it_to_a_person(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*, fund_account_id: str) -> str:
        raise ProviderRejected("Fund account validation is not enabled for this account.", status=400)

    monkeypatch.setattr(shop.payouts, "validate_fund_account", refuses)
    _, check_id = newcomer(shop)
    assert ask(shop, check_id).status == "UNAVAILABLE"


def test_an_account_of_ours_that_is_refused_is_no_fault_of_the_cleaner(shop: Shop) -> None:
    client = RazorpayClient(key_id=KEY_ID, key_secret=KEY_SECRET, base_url=shop.sandbox.url)
    ours_is_wrong = replace(shop, payouts=RazorpayPayouts(client, account_number="2323230099887766"))
    cleaner, check_id = newcomer(shop)
    check = ask(ours_is_wrong, check_id)
    assert (check.status, check.reason) == ("UNAVAILABLE", "The RazorpayX Account number is invalid.")
    assert "account_wrong" not in heard(shop, cleaner)


def test_a_question_whose_answer_was_lost_is_found_and_not_asked_twice(shop: Shop) -> None:
    _, check_id = newcomer(shop)
    path = "fund_accounts/validations"
    shop.sandbox.control("faults", kind="500_after", count=1, method="POST", path=path)
    assert ask(shop, check_id).status == "WAITING"
    shop.town.clock.move(minutes=5)
    assert ask(shop, check_id).status == "ASKED"
    asked = shop.sandbox.api("GET", f"{path}?account_number={X_ACCOUNT}").json()
    assert len(asked["items"]) == 1


def test_new_details_make_earlier_questions_void_and_wait_a_day(shop: Shop) -> None:
    cleaner, first = newcomer(shop)
    provider_id = ask(shop, first).provider_id
    second = give(shop, cleaner, UpiDetails("Ramesh Pal", "pal@okbank"))
    shop.sandbox.control(f"validations/{provider_id}/complete")
    assert ask(shop, first).status == "REPLACED"
    assert not confirmed(shop, cleaner)
    settle(shop, second)
    with shop.town.uow() as uow:
        row = uow.get(Cleaner, cleaner.user_id)
        assert row.payout_verified_at
        assert not payouts.may_be_paid(row, uow)
    assert "payout_account_changed" in heard(shop, cleaner)
    shop.town.clock.move(hours=24)
    with shop.town.uow() as uow:
        assert payouts.may_be_paid(uow.get(Cleaner, cleaner.user_id), uow)


def test_the_bank_s_word_arrives_as_a_webhook_too(shop: Shop) -> None:
    cleaner, check_id = newcomer(shop)
    provider_id = ask(shop, check_id).provider_id
    with receiving() as receiver:
        shop.sandbox.control("endpoints", payout=receiver.url)
        shop.sandbox.control(f"validations/{provider_id}/complete")
        receiver.wait_for("fund_account.validation.completed")
        raw = next(r.raw for r in receiver.received if b"validation.completed" in r.raw)
    for event_id in ("one", "two"):
        with shop.town.uow() as uow:
            stored = webhooks.store_webhook(uow, raw=raw, event_id=event_id, form=FORMAT)
        if stored:
            webhooks.work_webhook(shop.town.open, webhook_id=stored, form=FORMAT)
    assert confirmed(shop, cleaner)
    with shop.town.uow() as uow:
        assert uow.run(select(AccountCheck.status)).scalar_one() == "MATCHES"


def test_once_a_person_confirmed_an_account_the_bank_is_asked_with_the_next_sweep(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = SimpleNamespace(open_uow=shop.town.open, open_read=shop.town.open, payouts=shop.payouts, cipher=CIPHER)
    monkeypatch.setattr(people, "wiring", lambda: parts)
    waiting, waits_id = newcomer(shop)
    cleaner, check_id = newcomer(shop)
    shop.confirm(cleaner)
    people.check_new_accounts()
    with shop.town.uow() as uow:
        assert [uow.get(AccountCheck, c).status for c in (waits_id, check_id)] == ["ASKED", "WAITING"]
    people.check_accounts()
    with shop.town.uow() as uow:
        assert uow.get(AccountCheck, check_id).status == "ASKED"
    assert confirmed(shop, cleaner)
    assert not confirmed(shop, waiting)


def test_an_account_that_changed_while_somebody_looked_is_not_confirmed(shop: Shop) -> None:
    shop.sandbox.control("bank-accounts", account=ACCOUNT.account_number, registered_name="RAMESH K PAL")
    admin = shop.town.admin(AdminDuty.COMPLIANCE)
    cleaner, _ = newcomer(shop)
    with shop.town.uow() as uow:
        (shown,) = cleaners_waiting(uow, actor=admin).items
    shop.town.clock.move(minutes=5)
    give(shop, cleaner, UpiDetails("Somebody Else", "thief@okbank"))
    with pytest.raises(AccountChanged), shop.town.uow() as uow:
        kyc.confirm_payout_details(uow, actor=admin, cleaner_id=cleaner.user_id, seen=shown.payout_changed_at)
    assert not confirmed(shop, cleaner)
    with shop.town.uow() as uow:
        (shown,) = cleaners_waiting(uow, actor=admin).items
        kyc.confirm_payout_details(uow, actor=admin, cleaner_id=cleaner.user_id, seen=shown.payout_changed_at)
    assert confirmed(shop, cleaner)


@pytest.mark.row("PAY-07")
@pytest.mark.parametrize("by_a_person", [False, True])
def test_the_same_account_given_again_after_a_banks_no_is_asked_about_anew(shop: Shop, by_a_person: bool) -> None:
    if by_a_person:
        shop.sandbox.control("bank-accounts", account=ACCOUNT.account_number, registered_name="SURESH GUPTA")
    cleaner = shop.town.cleaner()
    with shop.town.uow() as uow:
        row = uow.lock(Cleaner, cleaner.user_id)
        row.payout_details = row.razorpay_contact_id = None
    first = give(shop, cleaner, ACCOUNT)
    settle(shop, first)
    if by_a_person:
        shop.confirm(cleaner)
    assert confirmed(shop, cleaner)
    shop.town.verified(cleaner, target_paise=400_000)
    shop.town.clock.move(hours=25)
    with shop.town.uow() as uow:
        (payout_id,) = payouts.due_payouts(uow, limit=5)
    shop.send(payout_id)
    shop.land(payout_id, "fail", reason="bank_account_frozen")
    shop.settle()
    assert not confirmed(shop, cleaner)
    second = give(shop, cleaner, ACCOUNT)  # the bank has opened it again
    assert second != first
    assert give(shop, cleaner, ACCOUNT) == second  # a second click asks no bank twice
    assert settle(shop, second).status == ("DIFFERS" if by_a_person else "MATCHES")
    if by_a_person:
        assert give(shop, cleaner, ACCOUNT) == second  # now it waits for a person
        shop.confirm(cleaner)
    with shop.town.uow() as uow:
        assert payouts.due_payouts(uow, limit=5, again=True) == [payout_id]
    shop.send(payout_id)
    shop.land(payout_id)
    shop.settle()
    assert shop.payout(payout_id).status == "PAID"


def test_ten_workers_ask_a_bank_once(shop: Shop) -> None:
    """Each question costs money: whoever comes while one is at it finds nothing to do."""
    _, check_id = newcomer(shop)
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: ask(shop, check_id), range(10)))
    asked = shop.sandbox.api("GET", f"fund_accounts/validations?account_number={X_ACCOUNT}").json()
    assert len(asked["items"]) == 1
    with shop.town.uow() as uow:
        assert uow.get(AccountCheck, check_id).tries == 1


def test_a_worker_that_died_while_it_asked_holds_the_question_three_minutes_and_it_is_found(shop: Shop) -> None:
    _, check_id = newcomer(shop)
    with shop.town.uow() as uow:
        assert bank_account_checks.take_up(uow, check_id=check_id)
    shop.town.clock.move(minutes=2)
    assert ask(shop, check_id).status == "WAITING"
    shop.town.clock.move(minutes=2)
    assert ask(shop, check_id).status == "ASKED"


def test_two_who_make_a_cleaner_known_leave_one_account(shop: Shop) -> None:
    """The morning's pay and the question about the account come at the same moment."""
    cleaner, _ = newcomer(shop)
    known = []

    def ensure(_: int) -> None:
        ensure_fund_account(shop.town.open, shop.payouts, CIPHER, cleaner_id=cleaner.user_id)
        with shop.town.uow() as uow:
            known.append(uow.get(Cleaner, cleaner.user_id).razorpay_fund_account_id)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ensure, range(8)))
    assert len(set(known)) == 1
    assert known[0]
