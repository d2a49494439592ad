"""Campaigns through REST: started, refused field by field, let in, found, taken back."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from PIL import Image

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.settings import Settings
from tests.api.conftest import Caller
from tests.factories import LUCKNOW, Town, picture

As = Callable[[Actor], Caller]
WISH = {
    "title": "Corner dump by the school",
    "description": "Children step into the road to get past this heap every single morning.",
    "targetPaise": "400000",
    "latitude": str(LUCKNOW[0]),
    "longitude": str(LUCKNOW[1]),
    "address": "Gali No. 4, Aminabad, Lucknow",
}


def start(caller: Caller, photo: bytes | None = None, name: str = "photo.jpg", **changed: Any) -> httpx.Response:
    """Start a campaign with these changes to a good wish."""
    wish = {k: v for k, v in (WISH | changed).items() if v is not None}
    files = {"photo": (name, photo if photo is not None else picture(1), "image/jpeg")}
    return caller("POST", "/api/campaigns", data=wish, files=files)


@pytest.mark.row("CAM-01", "CAM-09")
def test_a_first_timer_waits_and_an_admin_lets_in(as_: As, anybody: Caller, town: Town) -> None:
    person = town.person()
    made = start(as_(person))
    assert made.status_code == 201
    campaign = made.json()
    assert (campaign["status"], campaign["targetPaise"], campaign["raisedPaise"]) == ("DRAFT", 400_000, 0)
    path = f"/api/campaigns/{campaign['id']}"
    assert anybody.get(path).status_code == 404
    assert as_(town.person()).get(path).status_code == 404
    assert as_(person).get(path).status_code == 200
    admin = as_(town.admin(AdminDuty.VERIFIER))
    waiting = admin.get("/api/admin/campaigns?status=DRAFT").json()["items"]
    assert [(w["id"], w["creatorName"], w["nearbyCount"]) for w in waiting] == [(campaign["id"], "Asha Verma", 0)]
    approved = admin.post(f"/api/admin/campaigns/{campaign['id']}/approve")
    assert approved.json()["status"] == "ACTIVE"
    assert anybody.get(path).json()["expiresAt"].endswith("Z")
    assert [c["id"] for c in anybody.get("/api/campaigns").json()["items"]] == [campaign["id"]]
    again = admin.post(f"/api/admin/campaigns/{campaign['id']}/approve")
    assert (again.status_code, again.json()["error"]) == (409, "MOVE_REFUSED")


@pytest.mark.row("CAM-09")
def test_a_declined_campaign_gives_its_reason_to_its_creator_only(as_: As, anybody: Caller, town: Town) -> None:
    person = town.person()
    campaign = start(as_(person)).json()
    admin = as_(town.admin())
    path = f"/api/admin/campaigns/{campaign['id']}/decline"
    assert admin.post(path, {"reason": " "}).json()["error"] == "REASON_MISSING"
    assert admin.post(path, {"reason": 5}).json()["error"] == "REASON_MISSING"
    assert admin.post(path, {"reason": "This is private land <b>inside</b> a school."}).status_code == 200
    seen = as_(person).get(f"/api/campaigns/{campaign['id']}").json()
    assert (seen["status"], seen["cancelReason"]) == ("CANCELLED", "This is private land inside a school.")
    assert anybody.get(f"/api/campaigns/{campaign['id']}").status_code == 404


@pytest.mark.row("CAM-02", "CAM-03", "CAM-04", "CAM-05", "SEC-04")
def test_every_wrong_field_is_named_at_once(as_: As, town: Town) -> None:
    caller = as_(town.person())
    refused = caller("POST", "/api/campaigns", data={}, files={"other": b""})
    assert refused.status_code == 422
    expected = {"title", "description", "targetPaise", "latitude", "address", "photo"}
    assert set(refused.json()["fields"]) == expected
    empty = caller.post("/api/campaigns")
    assert (empty.status_code, set(empty.json()["fields"])) == (422, expected)


@pytest.mark.row("CAM-02", "CAM-03", "CAM-04", "SEC-04")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "Too short"}, "title"),
        ({"title": "x" * 101}, "title"),
        ({"title": "<b><i></i></b>"}, "title"),
        ({"title": "<script>alert(1)</script>short"}, "title"),
        ({"description": "x" * 49}, "description"),
        ({"description": "x" * 1001}, "description"),
        ({"targetPaise": "49900"}, "targetPaise"),
        ({"targetPaise": "5000100"}, "targetPaise"),
        ({"targetPaise": "100050"}, "targetPaise"),
        ({"targetPaise": "1e5"}, "targetPaise"),
        ({"targetPaise": "-100000"}, "targetPaise"),
        ({"targetPaise": "9" * 40}, "targetPaise"),
        ({"latitude": "0", "longitude": "0"}, "latitude"),
        ({"latitude": "51.5", "longitude": "-0.1"}, "latitude"),
        ({"latitude": "nan"}, "latitude"),
        ({"latitude": "inf"}, "latitude"),
        ({"latitude": "abc"}, "latitude"),
        ({"longitude": None}, "latitude"),
        ({"address": "x"}, "address"),
        ({"address": "x" * 201}, "address"),
    ],
)
def test_each_rule_answers_at_its_field(changed: dict[str, Any], field: str, as_: As, town: Town) -> None:
    refused = start(as_(town.person()), **changed)
    assert (refused.status_code, set(refused.json()["fields"])) == (422, {field})


@pytest.mark.row("CAM-02", "SEC-04")
def test_html_in_the_text_is_taken_out(as_: As, town: Town) -> None:
    made = start(as_(town.person()), title="Corner <b>dump</b> by the <img src=x onerror=alert(1)>school")
    assert made.json()["title"] == "Corner dump by the school"


def huge_png(side: int = 40_000) -> bytes:
    """A PNG of a few bytes that claims to be enormous."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def gif() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "GIF")
    return out.getvalue()


@pytest.mark.row("CAM-05", "SEC-06")
@pytest.mark.parametrize(
    ("photo", "status", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", 415, "NOT_AN_IMAGE"),
        (b"MZ\x90\x00 this program cannot be run in DOS mode", 415, "NOT_AN_IMAGE"),
        (gif(), 415, "NOT_AN_IMAGE"),
        (picture(5, kind="WEBP"), 415, "NOT_AN_IMAGE"),
        (picture(5)[:2000], 415, "PHOTO_BROKEN"),
        (b"\xff\xd8\xff" + b"x" * 100, 415, "PHOTO_BROKEN"),
        (huge_png(), 413, "TOO_MANY_PIXELS"),
        (b"\xff\xd8\xff" + b"\0" * (5 * 1024 * 1024), 413, "PHOTO_TOO_LARGE"),
        (b"", 422, "PHOTO_MISSING"),
    ],
    ids=["svg", "program", "gif", "webp", "truncated", "junk", "bomb", "large", "empty"],
)
def test_what_is_no_usable_photo_is_refused(
    photo: bytes, status: int, code: str, as_: As, town: Town, settings: Settings
) -> None:
    refused = start(as_(town.person()), photo)
    assert (refused.status_code, refused.json()["error"]) == (status, code)
    assert refused.json()["fields"] == {"photo": refused.json()["detail"]}
    assert not list(settings.storage_dir.rglob("*.*"))


@pytest.mark.row("CAM-05", "SEC-06")
def test_a_used_photo_is_refused_and_its_second_copy_forgotten(as_: As, town: Town, settings: Settings) -> None:
    assert start(as_(town.person())).status_code == 201
    kept = len(list(settings.storage_dir.rglob("*.*")))
    refused = start(as_(town.person()))
    assert (refused.status_code, refused.json()["error"]) == (409, "PHOTO_ALREADY_USED")
    assert len(list(settings.storage_dir.rglob("*.*"))) == kept


@pytest.mark.row("CAM-01")
def test_sending_the_same_start_again_makes_one_campaign(as_: As, town: Town) -> None:
    caller = as_(town.person())
    first, second = start(caller), start(caller)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    other = start(caller, title="Another heap at another corner")
    assert other.json()["error"] == "PHOTO_ALREADY_USED"


@pytest.mark.row("SEC-06")
def test_public_sizes_are_bare_and_the_original_is_private(as_: As, anybody: Caller, town: Town) -> None:
    person = town.person()
    photo = start(as_(person)).json()["photos"]["before"]
    size = as_(person).get(photo["sizes"][0]["url"])
    assert size.headers["content-type"] == "image/webp"
    assert size.headers["cache-control"] == "private, no-store"
    assert not Image.open(io.BytesIO(size.content)).getexif()
    path = f"/api/photos/{photo['id']}/original"
    assert anybody.get(path).status_code == 401
    assert as_(town.person()).get(path).status_code == 404
    assert as_(town.admin(AdminDuty.FINANCE)).get(path).status_code == 404
    assert as_(town.admin(AdminDuty.VERIFIER)).get(path).status_code == 303
    mine = as_(person).get(path)
    assert (mine.status_code, mine.headers["cache-control"]) == (303, "private, no-store")
    link = mine.headers["location"]
    shown = anybody.get(link)
    assert (shown.content, shown.headers["content-type"]) == (picture(1), "image/jpeg")
    assert (shown.headers["cache-control"], shown.headers["referrer-policy"]) == ("private, no-store", "no-referrer")
    assert shown.headers["content-security-policy"] == "sandbox; default-src 'none'"
    until, signature, key = link.removeprefix("/private/").split("/", 2)
    other = key.replace("campaigns", "jobs")
    for changed in (f"{int(until) + 9}/{signature}/{key}", f"{until}/{'0' * 64}/{key}",
                    f"{until}/{signature}/{other}", f"{until}/{signature}/identity/x.bin"):  # fmt: skip
        assert anybody.get(f"/private/{changed}").status_code == 404
    town.clock.move(minutes=5)
    assert anybody.get(link).status_code == 404


@pytest.mark.row("SEC-06")
@pytest.mark.parametrize(
    "key",
    [
        "originals/campaigns/00000000-0000-0000-0000-000000000000.jpg",
        "../secrets.env",
        "campaigns/../originals/x.jpg",
        "campaigns/%2e%2e/x.webp",
        "campaigns/00000000-0000-0000-0000-000000000000/480.webp",
        "campaigns/00000000-0000-0000-0000-000000000000/480.webp%00.jpg",
        "",
    ],
)
def test_no_other_file_is_ever_served(key: str, anybody: Caller) -> None:
    assert anybody.get(f"/files/{key}").status_code == 404


@pytest.mark.row("CAM-12")
def test_the_creator_takes_back_a_campaign_without_money(as_: As, town: Town) -> None:
    person = town.person()
    campaign = town.campaign(person)
    path = f"/api/campaigns/{campaign.id}/cancel"
    assert as_(town.person()).post(path).status_code == 404
    cancelled = as_(person).post(path).json()
    assert (cancelled["status"], cancelled["cancelledAt"] is not None) == ("CANCELLED", True)
    paid = town.campaign(person)
    town.give(paid, 10_000)
    refused = as_(person).post(f"/api/campaigns/{paid.id}/cancel")
    assert (refused.status_code, refused.json()["error"]) == (409, "MONEY_ALREADY_RAISED")


@pytest.mark.row("CAM-01")
def test_lists_are_paged_filtered_and_sorted(anybody: Caller, town: Town) -> None:
    creator = town.person()
    for number in range(5):
        town.campaign(creator, place=(26.80 + number / 100, 80.90), title=f"Heap number {number} by the road")
        town.clock.move(minutes=1)
    seen: list[str] = []
    cursor = ""
    for _ in range(3):
        page = anybody.get(f"/api/campaigns?limit=2{cursor}").json()
        seen += [item["title"][12] for item in page["items"]]
        cursor = f"&cursor={page['nextCursor']}"
    assert (seen, page["nextCursor"]) == (["4", "3", "2", "1", "0"], None)
    near = anybody.get("/api/campaigns?near=26.801,80.9&radiusKm=2").json()["items"]
    assert [item["title"][12] for item in near] == ["0", "1"]
    assert near[0]["distanceKm"] < near[1]["distanceKm"] < 2
    found = anybody.get("/api/campaigns", params={"q": "numb 3"}).json()["items"]
    assert [item["title"][12] for item in found] == ["3"]
    assert anybody.get("/api/campaigns?status=CLOSED,FUNDED").json()["items"] == []
    assert anybody.get("/api/campaigns?status=DRAFT").json()["items"] == []
    assert len(anybody.get("/api/campaigns?sort=ending&status=ACTIVE").json()["items"]) == 5


@pytest.mark.row("SEC-04")
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("cursor=zzz", 400),
        ("cursor=W10", 400),
        ("cursor=WyJhIiwgImIiXQ", 400),
        ("cursor=" + "x" * 600, 422),
        ("near=1", 422),
        ("near=a,b", 422),
        ("near=91,0", 422),
        ("near=nan,0", 422),
        ("near=26.8,80.9,1", 422),
        ("radiusKm=-1", 422),
        ("radiusKm=far", 422),
        ("limit=0", 422),
        ("limit=101", 422),
        ("limit=many", 422),
        ("status=OPEN", 422),
        ("sort=best", 422),
        ("q=%00", 422),
        ("sort=near", 400),
    ],
)
def test_an_unreadable_question_is_refused(query: str, status: int, anybody: Caller) -> None:
    assert anybody.get(f"/api/campaigns?{query}").status_code == status


@pytest.mark.row("TST-05")
@pytest.mark.parametrize("q", ["' OR 1=1 --", "\\", "'':*", "a & | !", "%_", "गली", "(((", "\\'"])
def test_no_search_word_breaks_the_search(q: str, anybody: Caller, town: Town) -> None:
    town.campaign()
    assert anybody.get("/api/campaigns", params={"q": q}).status_code == 200


@pytest.mark.row("PAY-12")
def test_anybody_sees_the_sums_of_the_house(anybody: Caller, town: Town) -> None:
    town.give(town.campaign(), 30_000)
    money = anybody.get("/api/money")
    assert (money.json()["heldPaise"], money.json()["campaignsCollecting"]) == (30_000, 1)
    assert money.headers["cache-control"] == "public, max-age=60"


def decline(as_: As, town: Town, campaign_id: str) -> None:
    """An admin turns a waiting campaign away."""
    path = f"/api/admin/campaigns/{campaign_id}/decline"
    assert as_(town.admin(AdminDuty.VERIFIER)).post(path, {"reason": "Too dark to see."}).status_code == 200


@pytest.mark.row("CAM-01", "CAM-09")
def test_a_declined_campaign_does_not_swallow_the_better_one(as_: As, town: Town) -> None:
    caller = as_(town.person())
    first = start(caller).json()
    decline(as_, town, first["id"])
    better = "The heap has grown up to the school's gate; children step into the road to get past it."
    second = start(caller, description=better)
    assert (second.status_code, second.json()["status"], second.json()["description"]) == (201, "DRAFT", better)
    assert second.json()["id"] != first["id"]
    decline(as_, town, second.json()["id"])
    third = start(caller, title="Heap at the gate of the school")
    assert (third.status_code, third.json()["title"]) == (201, "Heap at the gate of the school")
    assert start(as_(town.person())).json()["error"] == "PHOTO_ALREADY_USED"
    refused = start(caller, title="And one more heap beside it").json()
    assert (refused["error"], "Heap at the gate of the school" in refused["detail"]) == ("PHOTO_ALREADY_USED", True)


@pytest.mark.row("CAM-01")
@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Another dump by the school"},
        {"description": "Children step into the road to get past this heap every single evening."},
        {"targetPaise": "400100"},
        {"latitude": "26.846701"},
        {"longitude": "80.946201"},
        {"address": "Gali No. 5, Aminabad, Lucknow"},
        {"photo": picture(2)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_the_key_of_another_start_is_refused_and_says_what_differs(
    changed: dict[str, Any], as_: As, town: Town
) -> None:
    caller = as_(town.person())

    def send(**more: Any) -> httpx.Response:
        wish = WISH | {k: v for k, v in more.items() if k != "photo"}
        files = {"photo": ("photo.jpg", more.get("photo", picture(1)), "image/jpeg")}
        return caller("POST", "/api/campaigns", data=wish, files=files, headers={"Idempotency-Key": "a-start-0001"})

    made = send()
    assert (made.status_code, send().status_code, send().json()["id"]) == (201, 201, made.json()["id"])
    refused = send(**changed)
    assert (refused.status_code, refused.json()["error"]) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert list(refused.json()["fields"]) == ["Idempotency-Key"]
    assert f"another {next(iter(changed))}." in refused.json()["detail"]
    assert [c["id"] for c in caller.get("/api/users/me/campaigns").json()["items"]] == [made.json()["id"]]


@pytest.mark.row("CAM-01")
@pytest.mark.parametrize(("key", "said"), [("", "Send the header"), ("x" * 7, "at least 8"), ("x" * 81, "at most 80")])
def test_an_unfit_key_of_a_start_is_named(key: str, said: str, as_: As, town: Town) -> None:
    files = {"photo": ("photo.jpg", picture(1), "image/jpeg")}
    headers = {"Idempotency-Key": key}
    refused = as_(town.person())("POST", "/api/campaigns", data=WISH, files=files, headers=headers)
    assert (refused.status_code, refused.json()["error"]) == (400, "BAD_REQUEST")
    assert said in refused.json()["fields"]["Idempotency-Key"]


@pytest.mark.row("JOB-05", "LAW-07")
def test_everybody_reads_the_first_name_of_a_cleaner_alone(as_: As, anybody: Caller, town: Town) -> None:
    """In no answer that is everybody's, nor in one for neighbours or other cleaners, stands who cleaned in full."""
    cleaner, giver = town.cleaner("Ramesh Kumar Pal"), town.person()
    campaign = town.campaign()
    gift = town.give(campaign, 100_000, giver)
    job = town.job_of(campaign.id)
    with town.uow() as uow:
        claim_job(uow, actor=cleaner, job_id=job.id)
    town.finish(cleaner, job.id)
    public = ("/api/campaigns", f"/api/campaigns/{campaign.id}", f"/api/cleaners/{cleaner.id}", "/api/public/ledger",
              f"/campaigns/{campaign.id}", "/api/cleaned")  # fmt: skip
    private = (f"/api/users/me/transactions/{gift.id}", f"/api/jobs/{job.id}", f"/api/campaigns/{campaign.id}")
    for caller in (anybody, as_(giver), as_(town.cleaner("Salma Bano")), as_(town.person())):
        for path in (*public, *private):
            assert "Kumar" not in caller.get(path).text, path
    shown = anybody.get(f"/api/campaigns/{campaign.id}").json()
    assert shown["job"]["cleanerName"] == "Ramesh"
    assert as_(town.admin()).get(f"/api/jobs/{job.id}").json()["cleanerName"] == "Ramesh Kumar Pal"
