"""Two keys: what lay under the first lies under the second after a run, also one that was broken off (SEC-07)."""

from __future__ import annotations

from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary, text
from sqlmodel import SQLModel

from cleanit_app.adapters.field_cipher import AesFieldCipher
from cleanit_app.domain.actors import Role
from cleanit_app.models import Cleaner, ErrorLog, IdentityDocument, SecondFactor
from cleanit_app.ports import BankDetails
from cleanit_app.services import identity, kyc
from cleanit_app.services.identity_files import keep_sealed, picture_of
from cleanit_app.services.key_rotation import LOCKED, left_under_older_keys, rotate
from cleanit_app.services.photos import JOB_KINDS, examine
from tests.factories import MemoryFiles, Town, picture

pytestmark = pytest.mark.row("SEC-07")
OLD, BOTH, NEW = {1: b"1" * 32}, {1: b"1" * 32, 2: b"2" * 32}, {2: b"2" * 32}
ACCOUNT = BankDetails("Ramesh Pal", "765432123456789", "HDFC0000053")


@pytest.fixture
def people(town: Town) -> list[UUID]:
    """Three cleaners with an account, a PAN and an ID, all under the first key."""
    cipher, found = AesFieldCipher(OLD), []
    for number in range(3):
        cleaner = town.person(Role.CLEANER)
        wish = identity.check_document(kind="VOTER_ID", number=f"ABC000000{number}")
        seen = examine(picture(number), most_bytes=1_000_000, kinds=JOB_KINDS)
        sealed = keep_sealed(town.files, cipher, wish=wish, photo=seen)
        with town.uow() as uow:
            kyc.save_payout_details(uow, actor=cleaner, details=ACCOUNT, cipher=cipher)
            kyc.save_pan(uow, actor=cleaner, number="ACUPA7085R", cipher=cipher)
            identity.hand_in_document(uow, actor=cleaner, wish=wish, picture=sealed)
            secret = cipher.lock("otp", context=f"second_factors:secret:{cleaner.id}")
            uow.add(SecondFactor(user_id=cleaner.user_id, secret=secret, created_at=uow.now))
        found.append(cleaner.user_id)
    return found


def read_all(town: Town, keys: dict[int, bytes], people: list[UUID]) -> None:
    """Everything can be read with these keys."""
    cipher = AesFieldCipher(keys)
    with town.uow() as uow:
        for person in people:
            cleaner = uow.get(Cleaner, person)
            assert kyc.payout_details(cleaner, cipher) == ACCOUNT
            assert cipher.unlock(cleaner.pan_locked or b"", context=f"cleaners:pan_locked:{person}") == "ACUPA7085R"
            document = identity.latest_document(uow, cleaner_id=person)
            assert document is not None
            assert picture_of(town.files, cipher, document)[:4] == b"RIFF"


def test_after_a_run_the_newest_key_alone_is_enough(town: Town, people: list[UUID]) -> None:
    cipher = AesFieldCipher(BOTH)
    with town.uow() as uow:
        assert left_under_older_keys(uow, cipher) == {1: 15}
    done = rotate(town.open, town.files, cipher)
    assert (done.values, done.files) == (12, 3)
    read_all(town, NEW, people)
    with town.uow() as uow:
        assert left_under_older_keys(uow, cipher) == {}
    assert len([key for key in town.files.kept if key.startswith("identity/")]) == 3
    again = rotate(town.open, town.files, cipher)
    assert (again.values, again.files) == (0, 0)


def test_a_run_that_was_broken_off_goes_on_where_it_was(town: Town, people: list[UUID]) -> None:
    cipher = AesFieldCipher(BOTH)

    class Breaks(MemoryFiles):
        def delete(self, key: str) -> None:
            raise OSError("the machine went down")

    broken = Breaks()
    broken.kept = town.files.kept
    with pytest.raises(OSError, match="went down"):
        rotate(town.open, broken, cipher)
    read_all(town, BOTH, people)
    done = rotate(town.open, town.files, cipher)
    assert (done.values, done.files) == (0, 2)
    read_all(town, NEW, people)


def test_a_lost_picture_is_noted_and_holds_up_no_other(town: Town, people: list[UUID]) -> None:
    with town.uow() as uow:
        first = min(uow.all(IdentityDocument), key=lambda one: one.id)
    town.files.delete(first.file_key or "")
    done = rotate(town.open, town.files, AesFieldCipher(BOTH))
    assert (done.files, done.lost) == (2, 1)
    with town.uow() as uow:
        assert [row.subject_id for row in uow.all(ErrorLog, ErrorLog.source == "key_rotation")] == [first.id]
        assert left_under_older_keys(uow, AesFieldCipher(BOTH)) == {1: 1}


def test_without_the_old_key_nothing_is_touched(town: Town, people: list[UUID]) -> None:
    with pytest.raises(ValueError, match="unknown key"):
        rotate(town.open, town.files, AesFieldCipher(NEW))
    read_all(town, OLD, people)


def test_a_thousand_values_are_locked_anew_while_people_change_theirs(town: Town) -> None:
    cipher, many = AesFieldCipher(OLD), 1000
    admin = town.admin()
    with town.engine.begin() as connection:
        ids = connection.execute(
            text("""INSERT INTO users (id, name, phone, password_hash, role, duties, status, language, muted_notices,
                        created_at) SELECT gen_random_uuid(), 'P' || n, '+91800' || (1000000 + n), 'x', 'CLEANER', '{}',
                        'ACTIVE', 'en', '{}', now() FROM generate_series(1, :many) n RETURNING id"""),
            {"many": many},
        ).scalars().all()  # fmt: skip
        rows = [{"id": i, "v": cipher.lock("x", context=f"cleaners:pan_locked:{i}")} for i in ids]
        connection.execute(
            text("""INSERT INTO cleaners (user_id, status, verified_count, rejected_count, failed_count,
                    released_count, pan_locked, pan_given_at) VALUES (:id, 'PENDING', 0, 0, 0, 0, :v, now())"""),
            rows,
        )
    assert admin.id
    done = rotate(town.open, town.files, AesFieldCipher(BOTH))
    assert done.values == many
    with town.engine.connect() as connection:
        blobs = connection.execute(text("SELECT user_id, pan_locked FROM cleaners")).all()
    newest = AesFieldCipher(NEW)
    assert {newest.unlock(bytes(b), context=f"cleaners:pan_locked:{i}") for i, b in blobs} == {"x"}
    assert len({bytes(b)[2:14] for _, b in blobs}) == many


def test_every_changed_byte_and_every_other_place_is_noticed() -> None:
    cipher = AesFieldCipher(OLD)
    blob = cipher.lock("765432123456789", context="cleaners:payout_details:1")
    for at in range(len(blob)):
        with pytest.raises((InvalidTag, ValueError)):
            cipher.unlock(blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :], context="cleaners:payout_details:1")
    with pytest.raises(InvalidTag):
        cipher.unlock(blob, context="cleaners:payout_details:2")


HASHES = ("hash", "salt", "print")


def test_no_locked_column_is_forgotten() -> None:
    """Bytes in a table are hashes or locked; the locked ones are all on the list."""
    binary = {
        (table.name, column.name)
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    hashed = {one for one in binary if one[1].endswith(HASHES) or one[1] in ("sha256", "body_sha256")}
    assert binary - hashed == {(one.table, one.column) for one in LOCKED}
    assert IdentityDocument.__tablename__ == "identity_documents"
