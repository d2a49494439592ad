"""One account under two names is seen, without anybody reading account numbers (OPS-04)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from cleanit_app.adapters.field_cipher import AesFieldCipher
from cleanit_app.adapters.keyed_hash import HmacHash
from cleanit_app.domain.fraud import FraudKind, FraudRule
from cleanit_app.models import AccountFingerprint, Cleaner, FraudCase
from cleanit_app.ports import BankDetails, UpiDetails
from cleanit_app.services.fraud.fingerprints import fingerprint_accounts
from cleanit_app.services.fraud.scanning import scan
from cleanit_app.services.people import kyc
from cleanit_app.services.people.pans import save_pan
from tests.factories import Town

pytestmark = pytest.mark.row("OPS-04")
CIPHER, KEYED = AesFieldCipher({1: b"k" * 32}), HmacHash("a secret")
BANK = BankDetails("Ramesh Pal", "000123456789", "HDFC0000123")


def cleaners(town: Town, *accounts: BankDetails | UpiDetails) -> list[Cleaner]:
    """A cleaner for each account, each given some time after the one before."""
    made = []
    for details in accounts:
        person = town.cleaner(details.holder_name)
        town.clock.move(minutes=1)
        with town.uow() as uow:
            uow.lock(Cleaner, person.user_id).payout_details = None  # the factory's own account is everybody's
            uow.flush()
            made.append(kyc.save_payout_details(uow, actor=person, details=details, cipher=CIPHER))
    return made


def look(town: Town, rule: FraudRule) -> int:
    """Hash what is new, then let the rule look."""
    fingerprint_accounts(town.open, CIPHER, KEYED)
    town.clock.move(minutes=5)
    return scan(town.open, rule)


def test_one_account_under_two_names(town: Town) -> None:
    same = BankDetails("Sunil More", BANK.account_number, BANK.ifsc)
    elsewhere = BankDetails("Gopal Naik", BANK.account_number, "SBIN0000123")
    upis = UpiDetails("Asha Verma", "asha@okbank"), UpiDetails("Asha V", "Asha@OKbank")
    people = cleaners(town, BANK, elsewhere, upis[0])
    assert look(town, FraudRule.PAYOUT_ACCOUNT) == 0
    people += cleaners(town, same, upis[1])
    assert look(town, FraudRule.PAYOUT_ACCOUNT) == 2
    with town.uow() as uow:
        found = {row.person_id: row for row in uow.run(select(FraudCase)).scalars()}
        assert found[people[0].id].people == [people[0].id, people[3].id]
        assert found[people[2].id].people == [people[2].id, people[4].id]
        assert {row.kind_of_case for row in found.values()} == {FraudKind.SHARED_ACCOUNT}
        kept = uow.run(select(AccountFingerprint)).scalars().all()
        assert all(BANK.account_number.encode() not in row.fingerprint for row in kept)
    assert look(town, FraudRule.PAYOUT_ACCOUNT) == 0


def test_one_pan_in_two_accounts(town: Town) -> None:
    people = [town.cleaner(name) for name in ("Ramesh Pal", "Sunil More", "Gopal Naik")]
    for person, pan in zip(people, ("ABCPE1234F", "abcpe 1234 f", "ABCPE1234G"), strict=True):
        with town.uow() as uow:
            save_pan(uow, actor=person, number=pan, cipher=CIPHER)
        town.clock.move(minutes=1)
    assert look(town, FraudRule.PAN) == 1
    with town.uow() as uow:
        assert uow.run(select(FraudCase)).scalar_one().people == [people[0].id, people[1].id]


def test_an_account_that_was_changed_is_hashed_anew_and_one_under_a_lost_key_left(town: Town) -> None:
    one, other = cleaners(town, BANK, UpiDetails("Asha Verma", "asha@okbank"))
    assert fingerprint_accounts(town.open, CIPHER, KEYED) == 2
    assert fingerprint_accounts(town.open, CIPHER, KEYED) == 0
    town.clock.move(minutes=1)
    with town.uow() as uow:
        cleaner = uow.lock(Cleaner, one.id)
        cleaner.payout_changed_at = uow.now
        cleaner.payout_details = AesFieldCipher({2: b"x" * 32}).lock("{}", context="elsewhere")
        cleaner = uow.lock(Cleaner, other.id)
        cleaner.payout_changed_at = uow.now
    assert fingerprint_accounts(town.open, CIPHER, KEYED) == 1
