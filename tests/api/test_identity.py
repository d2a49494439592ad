"""A cleaner's ID from the first try to the first job: sealed, asked about over HTTP, looked at on record, let in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from PIL import Image
from sqlalchemy import text

from cleanit_app.adapters.identity_checks import HttpIdentityChecker
from cleanit_app.domain.actors import Actor, AdminDuty, Role
from cleanit_app.ports import CannotUnlock
from cleanit_app.services.photos.exif import write as with_gps
from cleanit_app.wiring import Wiring
from tests.api.conftest import Caller
from tests.factories import LUCKNOW, Town, picture
from tests.sandbox.running import KEY_SECRET, Sandbox
from workers.jobs import people as jobs

As = Callable[[Actor], Caller]
URL = "/api/cleaners/me/identity-document"
VOTER = {"kind": "VOTER_ID", "number": "abc 1234567"}
AADHAAR = "234123412346"
pytestmark = pytest.mark.row("LAW-08", "SEC-07")


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch, wiring: Wiring, sandbox: Sandbox) -> Callable[[], None]:
    """What the worker's sweep does, with the sandbox as the service that knows the registers."""
    wiring.identities = HttpIdentityChecker(url=sandbox.url, key=KEY_SECRET)
    monkeypatch.setattr(jobs, "wiring", lambda: wiring)
    return jobs.check_documents


def hand_in(caller: Caller, photo: bytes | None = None, **fields: str) -> httpx.Response:
    """An ID sent as the page sends it."""
    files = {"photo": ("id.jpg", photo or picture(7, (1200, 800)), "image/jpeg")}
    return caller("POST", URL, files=files, data=VOTER | fields)


def row(town: Town, what: str, cleaner: Actor) -> tuple[object, ...]:
    sql = f"SELECT {what} FROM identity_documents WHERE cleaner_id = :me ORDER BY id DESC LIMIT 1"
    with town.engine.connect() as connection:
        return tuple(connection.execute(text(sql), {"me": cleaner.id}).one())


def kyc_of(caller: Caller) -> str:
    return str(caller.get("/api/users/me").json()["kycStatus"])


def test_from_an_id_to_the_first_job(
    town: Town, as_: As, work: Callable[[], None], settings: object, wiring: Wiring
) -> None:
    geeta, boss = town.person(Role.CLEANER, "Geeta Kumari"), town.admin(AdminDuty.COMPLIANCE)
    her, admin = as_(geeta), as_(boss)
    photo = with_gps(picture(7, (1200, 800)), place=LUCKNOW, at=town.clock.now())
    made = hand_in(her, photo)
    assert (made.status_code, made.json()["mask"], made.json()["status"]) == (201, "•••••••567", "WAITING")
    work()
    assert kyc_of(her) == "VERIFIED"
    assert hand_in(her).json()["error"] == "IDENTITY_ALREADY_CHECKED"
    [waiting] = admin.get("/api/admin/cleaners").json()["items"]
    document = waiting["document"]
    assert (document["status"], document["registeredName"], document["elsewhere"]) == ("MATCHES", "Geeta Kumari", False)
    shown = admin.get(f"/api/admin/identity-documents/{document['id']}/picture")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert shown.headers["cache-control"] == "private, no-store"
    assert "sandbox" in shown.headers["content-security-policy"]
    image = Image.open(io.BytesIO(shown.content))
    assert (image.size, dict(image.getexif())) == ((1200, 800), {})
    assert admin.post(f"/api/admin/cleaners/{geeta.id}/activate").json()["kyc"] == "ACTIVE"
    assert her.get("/api/jobs").status_code == 200
    assert row(town, "status, number_locked", geeta) == ("ACCEPTED", None)


def test_what_is_kept_is_sealed_bound_to_its_place_and_under_no_public_address(
    town: Town, as_: As, anybody: Caller, wiring: Wiring
) -> None:
    geeta = town.person(Role.CLEANER)
    assert hand_in(as_(geeta)).status_code == 201
    key, key_id, document_id = row(town, "file_key, file_key_id, id", geeta)
    sealed = wiring.files.get(str(key))
    assert (sealed[0], sealed[1], key_id) == (1, 1, 1)
    assert b"WEBP" not in sealed
    kept = [p for p in Path(wiring.settings.storage_dir).rglob("*") if p.is_file()]
    assert len(kept) == 1
    with pytest.raises(CannotUnlock):
        wiring.cipher.unseal(sealed, context=f"identity_documents:file:{geeta.id}")
    for address in (f"/files/{key}", f"/files/../{key}", f"/files/identity/{document_id}/160.webp"):
        assert anybody.get(address).status_code == 404
    assert b"ABC1234567" not in bytes(row(town, "number_locked", geeta)[0])


def test_only_those_who_check_ids_see_one_and_every_look_is_written_down(town: Town, as_: As) -> None:
    geeta = town.person(Role.CLEANER)
    document_id = hand_in(as_(geeta)).json()["id"]
    url = f"/api/admin/identity-documents/{document_id}/picture"
    others = [town.admin(duty) for duty in AdminDuty if duty not in (AdminDuty.COMPLIANCE, AdminDuty.SENIOR)]
    for stranger in (geeta, town.person(), town.cleaner(), *others):
        assert as_(stranger).get(url).status_code == 403
    senior, boss = town.admin(), town.admin(AdminDuty.COMPLIANCE)
    log = f"/api/admin/actions?subject={geeta.id}&action=IdentityDocumentViewed"
    assert as_(senior).get(log).json()["items"] == []
    assert as_(boss).get(url).status_code == 200
    assert as_(boss).get(url).status_code == 200
    looked = as_(senior).get(log).json()["items"]
    assert [(one["adminId"], one["details"]) for one in looked] == [(str(boss.id), {"document_id": document_id})] * 2


def test_a_refusal_says_why_drops_the_picture_and_the_next_try_is_a_new_one(
    town: Town, as_: As, work: Callable[[], None], wiring: Wiring
) -> None:
    geeta, boss = town.person(Role.CLEANER), town.admin(AdminDuty.COMPLIANCE)
    her, admin = as_(geeta), as_(boss)
    first = hand_in(her).json()["id"]
    key = str(row(town, "file_key", geeta)[0])
    why = {"reason": f"Send another, not {AADHAAR[:4]} {AADHAAR[4:8]} {AADHAAR[8:]}", "ground": "AADHAAR_SHOWN"}
    assert admin.post(f"/api/admin/cleaners/{geeta.id}/reject", why).json()["kyc"] == "REJECTED"
    work()
    assert row(town, "status, ground, file_key, number_locked", geeta) == ("REFUSED", "AADHAAR_SHOWN", None, None)
    with pytest.raises(KeyError):
        wiring.files.get(key)
    assert admin.get(f"/api/admin/identity-documents/{first}/picture").status_code == 404
    with town.engine.connect() as connection:
        told = connection.execute(text("SELECT why FROM status_history WHERE to_status = 'REJECTED'")).scalar_one()
    assert told == "Send another, not XXXX XXXX 2346"
    again = hand_in(her, picture(8, (900, 600)))
    assert (again.status_code, kyc_of(her)) == (201, "PENDING")
    assert admin.post(f"/api/admin/cleaners/{geeta.id}/activate").status_code == 200


@pytest.mark.parametrize("fields", [{"number": AADHAAR}, {"kind": "PAN", "number": "2341-2341-2346"},
                                    {"number": "२३४१ २३४१ २३४६"}])  # fmt: skip
def test_an_aadhaar_number_is_refused_in_any_dress_and_kept_nowhere(
    town: Town, as_: As, fields: dict[str, str], wiring: Wiring
) -> None:
    geeta = town.person(Role.CLEANER)
    refused = hand_in(as_(geeta), **fields)
    assert refused.status_code == 422
    assert "Aadhaar" in refused.json()["fields"]["number"]
    assert not Path(wiring.settings.storage_dir).exists() or not list(Path(wiring.settings.storage_dir).rglob("*.bin"))
    with town.engine.connect() as connection:
        tables = connection.execute(text("SELECT relname FROM pg_stat_user_tables")).scalars().all()
        dump = "\n".join(str(connection.execute(text(f'SELECT * FROM "{t}"')).all()) for t in tables)
    assert not re.search(r"2341\D{0,3}2341\D{0,3}2346", dump)


def test_what_the_register_says_decides_what_the_admin_reads(
    town: Town, as_: As, work: Callable[[], None], sandbox: Sandbox
) -> None:
    other, unknown, silent = (town.person(Role.CLEANER, name) for name in ("Geeta Kumari", "Salma Bano", "Anil Das"))
    sandbox.control("identities", number="ABC0000001", registered_name="Prakash Rao")
    sandbox.control("identities", number="ABC0000002", found=False)
    hand_in(as_(other), picture(1), number="ABC0000001")
    hand_in(as_(unknown), picture(2), number="ABC0000002")
    work()
    hand_in(as_(silent), picture(2), number="ABC0000003")
    for _ in range(11):
        sandbox.control("faults", kind="500", count=1, path="identity/*")
        work()
        town.clock.move(hours=6)
    sandbox.control("faults", "DELETE")
    listed = as_(town.admin(AdminDuty.COMPLIANCE)).get("/api/admin/cleaners").json()["items"]
    assert [(one["name"], one["document"]["status"], one["document"]["elsewhere"]) for one in listed] == [
        ("Geeta Kumari", "DIFFERS", False),
        ("Salma Bano", "UNKNOWN", True),
        ("Anil Das", "UNAVAILABLE", True),
    ]
    assert {one["kyc"] for one in listed} == {"PENDING"}


def test_a_lost_answer_is_asked_again_and_counts_once(
    town: Town, as_: As, work: Callable[[], None], sandbox: Sandbox
) -> None:
    geeta = town.person(Role.CLEANER)
    hand_in(as_(geeta))
    sandbox.control("faults", kind="drop_after", count=1, path="identity/*")
    work()
    assert row(town, "status, tries", geeta) == ("WAITING", 1)
    town.clock.move(minutes=1)
    work()
    assert row(town, "status, tries", geeta) == ("MATCHES", 2)


def test_bad_wishes_name_their_fields(town: Town, as_: As) -> None:
    caller = as_(town.person(Role.CLEANER))
    nothing = caller("POST", URL, data={"kind": "AADHAAR"})
    assert (nothing.status_code, set(nothing.json()["fields"])) == (422, {"kind", "number", "photo"})
    for kind, number in (("PAN", "ABCCE1234F"), ("PASSPORT", "1234567"), ("DRIVING_LICENCE", "x" * 60)):
        assert set(hand_in(caller, kind=kind, number=number).json()["fields"]) == {"number"}
    assert hand_in(caller, b"<svg></svg>").status_code == 415
    assert as_(town.person())("POST", URL, data=VOTER).status_code == 403


def test_five_a_day_are_enough(town: Town, as_: As, wiring: Wiring) -> None:
    caller = as_(town.person(Role.CLEANER))
    assert [hand_in(caller, picture(n)).status_code for n in range(6)] == [201] * 5 + [429]
    assert len(list(Path(wiring.settings.storage_dir).rglob("*.bin"))) == 5
