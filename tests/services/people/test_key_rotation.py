"""Two keys: what lay under the first lies under the second after a run, also one that was broken off (SEC-07)."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import LargeBinary, text
from sqlmodel import SQLModel

from cleanit_app.adapters.field_cipher import AesFieldCipher
from cleanit_app.domain.actors import Actor, Role, permissions_of
from cleanit_app.models import Cleaner, ErrorLog, IdentityDocument, SecondFactor
from cleanit_app.ports import BankDetails, CannotUnlock
from cleanit_app.services.payouts.fund_accounts import payout_details
from cleanit_app.services.people import identity, kyc, pans
from cleanit_app.services.people.identity_files import keep_sealed, picture_of
from cleanit_app.services.people.key_rotation import LOCKED, left_under_older_keys, rotate
from cleanit_app.services.photos.photos import JOB_KINDS, examine
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
        sealed = keep_sealed(town.files, cipher, draft=wish, photo=seen)
        with town.uow() as uow:
            kyc.save_payout_details(uow, actor=cleaner, details=ACCOUNT, cipher=cipher)
            pans.save_pan(uow, actor=cleaner, number="ACUPA7085R", cipher=cipher)
            identity.hand_in_document(uow, actor=cleaner, draft=wish, picture=sealed)
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
            assert payout_details(cleaner, cipher) == ACCOUNT
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


def test_without_the_old_key_nothing_is_touched_and_that_is_said(town: Town, people: list[UUID]) -> None:
    done = rotate(town.open, town.files, AesFieldCipher(NEW))
    assert (done.values, done.closed, done.files, done.lost) == (0, 12, 0, 3)
    read_all(town, OLD, people)
    with town.uow() as uow:
        assert left_under_older_keys(uow, AesFieldCipher(NEW)) == {1: 15}
        said = sorted(row.message for row in uow.all(ErrorLog, ErrorLog.source == "key_rotation"))
    assert [line.split(":")[0] for line in said] == [
        "3 of cleaners.pan_locked",
        "3 of cleaners.payout_details",
        "3 of identity_documents.number_locked",
        "3 of second_factors.secret",
        *["CannotUnlock"] * 3,
    ]


def test_a_value_that_was_spoilt_holds_up_no_other(town: Town, people: list[UUID]) -> None:
    victim = min(people)
    with town.engine.begin() as connection:
        spoil = "UPDATE cleaners SET pan_locked = set_byte(pan_locked, 20, 255 - get_byte(pan_locked, 20))"
        connection.execute(text(f"{spoil} WHERE user_id = :id"), {"id": victim})
    spoilt = locked_pans(town)[victim]
    done = rotate(town.open, town.files, AesFieldCipher(BOTH))
    assert (done.values, done.closed, done.files, done.lost) == (11, 1, 3, 0)
    assert locked_pans(town)[victim] == spoilt
    with town.uow() as uow:
        assert left_under_older_keys(uow, AesFieldCipher(BOTH)) == {1: 1}
        noted = uow.all(ErrorLog, ErrorLog.source == "key_rotation")
    assert [(row.subject_id, row.message.split(":")[0]) for row in noted] == [(victim, "1 of cleaners.pan_locked")]


def test_two_runs_at_once_lose_no_picture(town: Town, people: list[UUID]) -> None:
    """The night's run and `make rotate-keys` meet: the second reads a picture that the first moves meanwhile."""
    first, inner = threading.Event(), town.files

    class Meets(MemoryFiles):
        """Between its reading and its writing the other run does everything."""

        def put(self, key: str, data: bytes, content_type: str) -> None:
            if not first.is_set():
                first.set()
                rotate(town.open, inner, AesFieldCipher(BOTH))
            inner.put(key, data, content_type)

    meets = Meets()
    meets.kept = inner.kept
    rotate(town.open, meets, AesFieldCipher(BOTH))
    read_all(town, NEW, people)
    with town.uow() as uow:
        assert uow.all(ErrorLog, ErrorLog.source == "key_rotation") == []
    assert len([key for key in inner.kept if key.startswith("identity/")]) == 3


@pytest.mark.parametrize("many", [1_000, pytest.param(10_000, marks=pytest.mark.proof)])
def test_values_are_locked_anew_while_four_people_at_a_time_change_theirs(town: Town, many: int) -> None:
    actors = cleaners_with_a_pan(town, many)
    written = {actor.user_id: "x" for actor in actors}
    over, started, chance = threading.Event(), threading.Barrier(5), random.Random(many)

    def change(mine: list[Actor], number: int) -> int:
        made, both = 0, AesFieldCipher(BOTH)
        started.wait(30)
        while not over.is_set() or not made:
            actor = mine[made % len(mine)]
            pan = f"ACUPA{number:01}{made % 999 + 1:03}R"
            with town.open() as uow:
                pans.save_pan(uow, actor=actor, number=pan, cipher=both)
            written[actor.user_id] = pan
            made += 1
        return made

    chance.shuffle(actors)
    with ThreadPoolExecutor(4) as pool:
        changing = [pool.submit(change, actors[number::4], number) for number in range(4)]
        started.wait(30)
        done = rotate(town.open, town.files, AesFieldCipher(BOTH))
        over.set()
        made = sum(one.result(60) for one in changing)
    print(f"\n{many} values: {done.values} locked anew while {made} were changed by 4 people at a time")
    assert many >= done.values >= many - made
    with town.uow() as uow:
        assert left_under_older_keys(uow, cipher=AesFieldCipher(BOTH)) == {}
    newest, blobs = AesFieldCipher(NEW), locked_pans(town)
    assert {i: newest.unlock(blob, context=f"cleaners:pan_locked:{i}") for i, blob in blobs.items()} == written
    assert len({blob[2:14] for blob in blobs.values()}) == many
    swap_neighbours(town)
    for i, blob in locked_pans(town).items():
        with pytest.raises(CannotUnlock):
            newest.unlock(blob, context=f"cleaners:pan_locked:{i}")


def cleaners_with_a_pan(town: Town, many: int) -> list[Actor]:
    """So many cleaners, each with a PAN under the first key."""
    cipher = AesFieldCipher(OLD)
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
    granted = permissions_of(Role.CLEANER)
    return [Actor(i, Role.CLEANER, granted, confirmed=True) for i in ids]


def locked_pans(town: Town) -> dict[UUID, bytes]:
    """What lies in the table."""
    with town.engine.connect() as connection:
        return {i: bytes(blob) for i, blob in connection.execute(text("SELECT user_id, pan_locked FROM cleaners"))}


def swap_neighbours(town: Town) -> None:
    """Give each row the blob of its neighbour in the table."""
    with town.engine.begin() as connection:
        connection.execute(
            text("""WITH placed AS (
                        SELECT user_id, pan_locked, row_number() OVER (ORDER BY user_id) - 1 AS n FROM cleaners),
                    swapped AS (SELECT a.user_id, b.pan_locked FROM placed a JOIN placed b
                        ON b.n = (a.n + 1) % (SELECT count(*) FROM placed))
                    UPDATE cleaners SET pan_locked = swapped.pan_locked FROM swapped
                    WHERE swapped.user_id = cleaners.user_id""")
        )


def test_every_changed_byte_of_a_hundred_blobs_and_every_other_place_is_noticed() -> None:
    cipher, chance, refused = AesFieldCipher(OLD), random.Random(100), 0
    for number in range(100):
        place = f"cleaners:payout_details:{number}"
        blob = cipher.lock("".join(chance.choices("0123456789", k=chance.randint(4, 60))), context=place)
        for at in range(len(blob)):
            changed = blob[:at] + bytes([blob[at] ^ chance.randint(1, 255)]) + blob[at + 1 :]
            with pytest.raises(CannotUnlock):
                cipher.unlock(changed, context=place)
            refused += 1
        with pytest.raises(CannotUnlock):
            cipher.unlock(blob, context=f"cleaners:payout_details:{number + 1}")
    print(f"\n{refused} changed bytes, all noticed")


HASHES = ("hash", "salt", "print")


def test_no_locked_column_is_forgotten() -> None:
    """Bytes in a table are hashes, a signed message or locked; the locked ones are all on the list."""
    binary = {
        (table.name, column.name)
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    as_received = {("webhook_events", "body")}
    hashed = {one for one in binary if one[1].endswith(HASHES) or one[1] in ("sha256", "body_sha256")}
    assert binary - hashed - as_received == {(one.table, one.column) for one in LOCKED}
    assert IdentityDocument.__tablename__ == "identity_documents"
