"""A cleaner's way in a browser: find, take, photograph, hand in, be paid; with a bad network and a crowd."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from cleanit_app.domain.actors import Actor, Role
from cleanit_app.models import Job, Notification, Photo, new_id
from tests.factories import picture
from tests.journeys.hand import Hand
from tests.journeys.walks import photograph
from tests.photos import blocks as b
from tests.photos import files
from tests.support.chromium import ARGUMENTS
from tests.support.live import Live
from tests.support.street import Street

PLACE = (26.8467, 80.9462)
ON_THE_SPOT = {"latitude": 26.84672, "longitude": 80.94622, "accuracy": 9}
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
NO_CAMERA = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined });"
# Chromium's test picture is the same at the same moment of each stream; no two pictures of a real sensor are.
NOISE = """
const draw = CanvasRenderingContext2D.prototype.drawImage;
CanvasRenderingContext2D.prototype.drawImage = function (...what) {
  draw.apply(this, what);
  for (let i = 0; i < 24; i++) {
    this.fillStyle = `hsl(${Math.random() * 360} 60% 50%)`;
    this.fillRect(i * 8, 0, 8, 8);
  }
};
"""
PATIENCE = 20_000  # ms; two cores are shared by everything

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A Chromium whose camera shows a test picture."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=[*ARGUMENTS, *CAMERA])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def street(live: Live) -> Street:
    """People and money on the running Cleanit."""
    return Street(live)


@pytest.fixture
def phone(browser: Browser, live: Live) -> Iterator[BrowserContext]:
    """A small phone that stands at the spot, with camera and location allowed."""
    context = browser.new_context(
        base_url=live.base_url,
        viewport={"width": 360, "height": 780},
        locale="en-IN",
        timezone_id="Asia/Kolkata",
        geolocation=ON_THE_SPOT,
        permissions=["geolocation", "camera"],
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(NOISE)
    yield context
    context.close()


@pytest.fixture
def troubles(phone: BrowserContext) -> Iterator[list[str]]:
    """What the browser complains about; nothing may be left at the end."""
    found: list[str] = []
    phone.on("weberror", lambda error: found.append(str(error.error)))
    phone.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    yield found
    assert [f for f in found if "net::ERR_INTERNET_DISCONNECTED" not in f] == []


def _open(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("main [role=status]").filter(has_text="Loading")).to_have_count(0, timeout=PATIENCE)


def _photo_of(street: Street, job: Job) -> tuple[Job, Photo]:
    with street.parts.open_read() as uow:
        row = uow.get(Job, job.id)
        assert row.completion_photo_id is not None
        return row, uow.get(Photo, row.completion_photo_id)


@pytest.mark.row(
    "JOB-03", "JOB-04", "JOB-09", "JOB-10", "JOB-12", "VER-04", "PAY-05", "PAY-06", "PAY-11", "NOT-02", "TST-03"
)
def test_from_the_nearest_job_to_money_in_the_bank(street: Street, phone: BrowserContext, troubles: list[str]) -> None:
    job, cleaner = street.job(PLACE), street.cleaner()
    street.job((12.9716, 77.5946))  # far away
    street.sign_in(phone, cleaner)
    page = phone.new_page()

    _open(page, "/jobs")
    expect(page.get_by_text("0 of 5 in hand")).to_be_visible()
    nearest = page.locator("article").first
    expect(nearest.get_by_text(re.compile(r"^\d+ m away$"))).to_be_visible()
    page.goto(f"/jobs/{job.id}")
    page.get_by_role("button", name="Take this job").dblclick()
    expect(page).to_have_url(re.compile(rf"/work/{job.id}$"), timeout=PATIENCE)
    expect(page.get_by_text("6 d 23 h left").first).to_be_visible()

    page.get_by_role("link", name="Cleaned, take the photo").click()
    photograph(Hand(page))
    expect(page.get_by_role("heading", name="Sent. We check it within 2 days.")).to_be_visible()
    page.get_by_role("link", name="Back to my work").click()
    expect(page.get_by_text("The photo is being checked, up to 2 days.")).to_be_visible()
    row, photo = _photo_of(street, job)
    assert photo.location_source == "E3"
    assert "LOCATION_MISMATCH" not in {flag["flag"] for flag in row.flags}

    payout_id = street.approve(job.id)  # in another room; this tab hears of it
    expect(page.get_by_text("Approved. ₹950 is on the way.")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="See the payment").click()
    expect(page).to_have_url(re.compile(rf"/earnings/{payout_id}$"))
    street.order_payout(payout_id)
    expect(page.get_by_text("It is in your bank.")).to_be_visible(timeout=PATIENCE)
    _open(page, "/earnings")
    expect(page.get_by_text("₹950").first).to_be_visible()
    expect(page.get_by_text("1 job", exact=True).first).to_be_visible()


@pytest.mark.row("JOB-09", "JOB-10")
def test_a_photo_from_the_phones_own_camera_app_with_its_place(
    street: Street, phone: BrowserContext, troubles: list[str], tmp_path: Path
) -> None:
    job, cleaner = street.job(PLACE), street.cleaner()
    street.claim(cleaner, job)
    street.sign_in(phone, cleaner, "hi")
    local = (street.now + timedelta(hours=5.5, seconds=2)).strftime("%Y:%m:%d %H:%M:%S")
    block = b.Block(">", detail=[(b.TAKEN, b.ASCII, local)], gps=b.gps(*PLACE, kind=b.SRATIONAL))  # as Nokia writes
    taken = files.with_segments(picture(seed=4711, size=(1600, 1200)), files.exif_segment(block.bytes()))
    (tmp_path / "IMG_2011.jpg").write_bytes(taken)
    phone.add_init_script(NO_CAMERA)
    phone.clear_permissions()  # the phone says nothing of its place: the file alone does
    page = phone.new_page()

    _open(page, f"/work/{job.id}/proof")
    expect(page.get_by_text("कैमरा यहाँ नहीं खुला")).to_be_visible(timeout=PATIENCE)
    page.locator("input[type=file]").set_input_files(tmp_path / "IMG_2011.jpg")
    expect(page.get_by_text(re.compile("^जगह सही, "))).to_be_visible(timeout=PATIENCE)
    page.locator(".dock .btn-lg").click()
    expect(page.get_by_role("heading", name="भेज दी। 2 दिन में जाँच होगी।")).to_be_visible(timeout=PATIENCE)
    row, photo = _photo_of(street, job)
    assert photo.location_source == "E2"
    assert not {flag["flag"] for flag in row.flags} & {"LOCATION_MISMATCH", "TIMESTAMP_ISSUE"}


@pytest.mark.row("JOB-09")
def test_a_photo_taken_without_a_network_sends_itself_later(
    street: Street, phone: BrowserContext, troubles: list[str]
) -> None:
    job, cleaner = street.job(PLACE), street.cleaner()
    street.claim(cleaner, job)
    street.sign_in(phone, cleaner)
    page = phone.new_page()
    _open(page, f"/work/{job.id}/proof")
    expect(page.get_by_role("button", name="Take the photo")).to_be_enabled(timeout=PATIENCE)

    phone.set_offline(True)
    page.get_by_role("button", name="Take the photo").click()
    page.get_by_role("button", name=re.compile("^Send")).click()
    expect(page.get_by_text("The photo is safe on this phone.")).to_be_visible(timeout=PATIENCE)
    with street.parts.open_read() as uow:
        assert uow.get(Job, job.id).completed_at is None
    phone.set_offline(False)
    expect(page.get_by_role("heading", name="Sent. We check it within 2 days.")).to_be_visible(timeout=PATIENCE)
    assert _photo_of(street, job)[1].location_source == "E3"


@pytest.mark.row("JOB-09")
def test_a_photo_that_waits_is_seen_and_sent_from_any_page(
    street: Street, phone: BrowserContext, troubles: list[str]
) -> None:
    job, cleaner = street.job(PLACE), street.cleaner()
    street.claim(cleaner, job)
    street.sign_in(phone, cleaner)
    page = phone.new_page()
    _open(page, f"/work/{job.id}/proof")
    page.get_by_role("button", name="Take the photo").click(timeout=PATIENCE)
    expect(page.get_by_role("button", name=re.compile("^Send"))).to_be_visible(timeout=PATIENCE)
    for path in ("/work", "/earnings", "/me"):  # nothing has been decided yet: it leads back to the photo
        _open(page, path)
        expect(page.locator("[data-waits='1']")).to_contain_text("1 photo is taken and not sent", timeout=PATIENCE)
    page.get_by_role("link", name="See the photo").click()
    phone.route("**/complete", lambda route: route.abort("internetdisconnected"))
    page.get_by_role("button", name=re.compile("^Send")).click(timeout=PATIENCE)
    _open(page, "/notifications")
    strip = page.locator("[data-waits='1']")
    expect(strip).to_contain_text("1 photo waits on this phone", timeout=PATIENCE)
    phone.unroute("**/complete")
    page.get_by_role("button", name="Send now").click(timeout=PATIENCE)
    expect(page.locator("[data-waits='0']")).to_contain_text("Sent. We check it", timeout=PATIENCE)
    assert _photo_of(street, job)[0].completed_at is not None
    _open(page, "/work")
    expect(page.locator("[data-waits]")).to_have_count(0)


@pytest.mark.row("JOB-09")
def test_what_waits_is_nobody_elses(street: Street, phone: BrowserContext, troubles: list[str]) -> None:
    job, cleaner = street.job(PLACE), street.cleaner()
    street.claim(cleaner, job)
    street.sign_in(phone, cleaner)
    page = phone.new_page()
    _open(page, f"/work/{job.id}/proof")
    page.get_by_role("button", name="Take the photo").click(timeout=PATIENCE)
    expect(page.get_by_role("button", name=re.compile("^Send"))).to_be_visible(timeout=PATIENCE)
    _open(page, "/work")
    expect(page.locator("[data-waits='1']")).to_be_visible(timeout=PATIENCE)
    _open(page, f"/work/{job.id}")  # the page of the job does not ask for what is here
    expect(page.get_by_role("link", name="See your photo and send it")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Waits on this phone")).to_be_visible()
    expect(page.get_by_role("link", name="Cleaned, take the photo")).to_be_hidden()
    expect(page.get_by_text("The after photo comes here")).to_be_hidden()
    street.sign_in(phone, street.cleaner())
    _open(page, "/work")
    page.wait_for_timeout(1_000)
    expect(page.locator("[data-waits]")).to_have_count(0)


@pytest.mark.row("NOT-02")
def test_news_never_lies_on_the_button_that_sends(street: Street, phone: BrowserContext, troubles: list[str]) -> None:
    job, cleaner = street.job(PLACE), street.cleaner()
    street.claim(cleaner, job)
    street.sign_in(phone, cleaner)
    page = phone.new_page()
    _open(page, f"/work/{job.id}")
    expect(page.get_by_role("link", name="Cleaned, take the photo")).to_be_visible(timeout=PATIENCE)
    _news(street, cleaner, page)
    page.get_by_role("link", name="Cleaned, take the photo").click(trial=True, timeout=2_000)
    assert _lies_free(page)
    _open(page, f"/work/{job.id}/proof")
    expect(page.get_by_role("button", name="Take the photo")).to_be_enabled(timeout=PATIENCE)
    _news(street, cleaner, page)
    page.get_by_role("button", name="Take the photo").click(timeout=2_000)
    expect(page.get_by_role("button", name="Send this photo")).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(600)
    page.get_by_role("button", name="Send this photo").click(trial=True, timeout=2_000)
    page.get_by_role("button", name="Take it again").click(trial=True, timeout=2_000)
    assert _lies_free(page)


def _lies_free(page: Page) -> bool:
    """The news lies in the lower half, above the dock, and on no heading or countdown."""
    toast, dock = page.locator(".toasts .toast").bounding_box(), page.locator(".dock:visible").bounding_box()
    assert toast
    assert dock
    return toast["y"] > 390 and toast["y"] + toast["height"] <= dock["y"]


def _news(street: Street, person: Actor, page: Page) -> None:
    """A problem comes in while this page is open, and stays: its target is another page."""
    with street.parts.open_uow() as uow:
        made = new_id()
        uow.add(Notification(id=made, user_id=person.user_id, kind="job_cancelled", values={"place": "Gandhi Nagar"},
                             link="/notifications", dedupe_key=str(made), created_at=uow.now))  # fmt: skip
    street.parts.live.wake([str(person.user_id)], [])
    expect(page.locator(".toasts .toast")).to_be_in_viewport(timeout=PATIENCE)
    page.wait_for_timeout(600)  # by then it follows what stands at the bottom


@pytest.mark.row("JOB-04")
def test_of_a_hundred_cleaners_at_once_one_gets_the_job(street: Street, live: Live) -> None:
    job = street.job(PLACE)
    secrets = [street.secret(street.cleaner(f"Cleaner {n}")) for n in range(100)]
    gate = threading.Barrier(len(secrets))

    def claim(secret: str) -> tuple[int, str]:
        gate.wait()
        answer = _claim(live, job, secret)
        return answer.status_code, answer.json().get("error", "")

    with ThreadPoolExecutor(len(secrets)) as crowd:
        answers = Counter(crowd.map(claim, secrets))
    assert answers == {(200, ""): 1, (409, "ALREADY_CLAIMED"): 99}
    with street.parts.open_read() as uow:
        assert uow.get(Job, job.id).claim_count == 1


@pytest.mark.row("JOB-04")
def test_a_sixth_job_is_refused_in_words(
    street: Street, live: Live, phone: BrowserContext, troubles: list[str]
) -> None:
    cleaner = street.cleaner()
    for _ in range(5):
        street.claim(cleaner, street.job(PLACE))
    sixth = street.job(PLACE)
    answer = _claim(live, sixth, street.secret(cleaner))
    assert (answer.status_code, answer.json()["error"]) == (429, "CLAIM_LIMIT")
    street.sign_in(phone, cleaner)
    page = phone.new_page()
    _open(page, f"/jobs/{sixth.id}")
    expect(page.get_by_text("You have 5 jobs in hand. Finish one to take this.")).to_be_visible()
    expect(page.get_by_role("button", name="Take this job")).to_have_count(0)


@pytest.mark.row("JOB-04", "NOT-02")
def test_who_comes_late_sees_it_at_once_with_others_nearby(
    street: Street, phone: BrowserContext, troubles: list[str]
) -> None:
    job, other = street.job(PLACE), street.job(PLACE)
    street.sign_in(phone, street.cleaner())
    page = phone.new_page()
    _open(page, f"/jobs/{job.id}")
    expect(page.get_by_role("button", name="Take this job")).to_be_visible()
    street.claim(street.cleaner("Sunita Devi"), job)
    expect(page.get_by_text("Someone took this job a moment ago.")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(f"a[href$='/jobs/{other.id}']").first).to_be_visible()


@pytest.mark.row("JOB-13")
def test_a_job_is_left_with_a_reason_and_not_in_the_last_day(
    street: Street, phone: BrowserContext, troubles: list[str]
) -> None:
    cleaner, late, early = street.cleaner(), street.job(PLACE), street.job(PLACE)
    street.claim(cleaner, late)
    street.claim(cleaner, early)
    street.nearly_due(late.id, timedelta(hours=20))
    street.sign_in(phone, cleaner)
    page = phone.new_page()
    _open(page, f"/work/{late.id}")
    expect(page.get_by_text("Less than 24 hours left, so this job cannot be left.")).to_be_visible()
    _open(page, f"/work/{early.id}")
    page.get_by_role("button", name=re.compile("^Leave the job?")).first.click()
    page.get_by_role("button", name="Leave the job", exact=True).click()
    expect(page.get_by_text("Choose the reason.")).to_be_visible()
    page.get_by_text("Too far").click()
    page.get_by_role("button", name="Leave the job", exact=True).click()
    expect(page).to_have_url(re.compile("/work$"))
    expect(page.get_by_text("You left the job. Others can take it now.")).to_be_visible()
    expect(page.locator("a.due")).to_contain_text("19 h left")  # the other one's deadline, on every page
    with street.parts.open_read() as uow:
        assert uow.get(Job, early.id).unclaim_reason == "Too far"


@pytest.mark.row("JOB-04")
def test_without_camera_and_location_one_is_warned_and_may_go_on(browser: Browser, street: Street, live: Live) -> None:
    job, cleaner = street.job(PLACE), street.cleaner()
    context = browser.new_context(base_url=live.base_url, locale="en-IN")
    context.add_init_script(NO_CAMERA)
    street.sign_in(context, cleaner)
    page = context.new_page()
    _open(page, f"/jobs/{job.id}")
    page.get_by_role("button", name="Take this job").click()
    expect(page.get_by_text("Camera does not open")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Take it anyway").click()
    expect(page).to_have_url(re.compile(rf"/work/{job.id}$"), timeout=PATIENCE)
    context.close()


@pytest.mark.row("LAW-08", "SEC-07")
def test_bank_details_go_in_and_never_come_out(street: Street, phone: BrowserContext, troubles: list[str]) -> None:
    newcomer = street.person(Role.CLEANER, "Geeta Kumari")
    street.sign_in(phone, newcomer)
    page = phone.new_page()
    _open(page, "/jobs")
    page.get_by_role("link", name="See what is missing").click()
    page.wait_for_url("**/kyc**")
    page.goto("/kyc?paper=account")
    page.get_by_role("button", name="Bank account").click()
    page.locator("#accountNumber").fill("12345")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("An account number has 9 to 18 digits.").first).to_be_visible()
    page.locator("#accountNumber").fill("1121431121541121")
    page.locator("#accountAgain").fill("1121431121541121")
    page.locator("#ifsc").fill("hdfc0001234")
    page.locator("#holderName").fill("Gita K")
    page.get_by_role("button", name="Save").dblclick()
    expect(page.get_by_text("•••• 1121 (HDFC)", exact=True)).to_be_visible()
    # The bank is asked, and what it says shows by itself: there the name is Gita K.
    other = page.get_by_text("The bank has another name than Geeta Kumari for this account.")
    expect(other).to_be_visible(timeout=PATIENCE)
    page.reload()
    expect(page.get_by_text("•••• 1121 (HDFC)", exact=True)).to_be_visible()
    assert "1121431121541121" not in page.content()


def test_somebody_elses_job_looks_like_none(street: Street, phone: BrowserContext, troubles: list[str]) -> None:
    job, owner = street.job(PLACE), street.cleaner()
    street.claim(owner, job)
    street.sign_in(phone, street.cleaner("Arif Ali"))
    page = phone.new_page()
    for path in (f"/work/{job.id}", f"/work/{job.id}/proof", "/work/nonsense", f"/earnings/{job.id}"):
        _open(page, path)
        expect(page.get_by_text(re.compile("We could not find this"))).to_be_visible()


def _claim(live: Live, job: Job, secret: str) -> requests.Response:
    return requests.post(
        f"{live.base_url}/api/jobs/{job.id}/claim",
        cookies={"sid": secret},
        headers={"Origin": live.base_url},
        timeout=60,
    )
