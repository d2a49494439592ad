"""The town that is filmed: the demo's, with people and places that speak the language of each recording."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageOps
from playwright.sync_api import FilePayload, Geolocation

from cleanit_app import routes
from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.i18n import LANGUAGES, Language
from cleanit_app.models import Campaign, Job
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.demo.demo import PICTURES
from cleanit_app.services.jobs import jobs
from cleanit_app.services.photos import photos
from tests.factories import LUCKNOW
from tests.journeys import walks
from tests.journeys.hand import Hand
from tests.journeys.office import LiveTown
from tests.journeys.street import Street
from tests.journeys.walks import Wish
from tests.support.live import Live
from tests.tutorials.screens import DESK, PHONE, Screen

PLACES = ("lane", "market", "park")
NEAR_THE_PIN: Geolocation = {"latitude": LUCKNOW[0] + 0.00009, "longitude": LUCKNOW[1], "accuracy": 9}
RUPEES = 2_500


@dataclass(frozen=True)
class Local:
    """What people of a language are called, and say of a place."""

    address: str
    title: str
    story: str
    citizen: str
    neighbour: str
    cleaner: str


ENGLISH = Local(
    "Gali No. 4, Aminabad, Lucknow 226018",
    "Heap outside the school gate",
    "Children step into the road to get past this heap every morning. It smells all day.",
    "Asha Verma",
    "Kavya Rao",
    "Ramesh Pal",
)
LOCAL = {
    "hi": Local(
        "गली नं. 4, अमीनाबाद, लखनऊ 226018",
        "स्कूल के गेट के बाहर कचरे का ढेर",
        "बच्चों को रोज़ सुबह इस ढेर से बचने के लिए सड़क पर उतरना पड़ता है। दिन भर बदबू रहती है।",
        "आशा वर्मा",
        "काव्या राव",
        "रमेश पाल",
    ),
    "mr": Local(
        "गल्ली क्र. 4, अमीनाबाद, लखनऊ 226018",
        "शाळेच्या गेटबाहेर कचऱ्याचा ढीग",
        "या ढिगामुळे मुलांना रोज सकाळी रस्त्यावरून चालावे लागते. दिवसभर वास येतो आणि पावसात पाणी तुंबते.",
        "आशा वर्मा",
        "काव्या राव",
        "रमेश पाल",
    ),
}
"""Another language is filmed with English people until it has its own."""


def drawing(name: str, turn: int) -> Image.Image:
    """A drawing of the demo; each `turn` shows it as another place, so that no two are alike."""
    image = Image.open(PICTURES / f"{name}.jpg").convert("RGB")
    if turn % 2:
        image = ImageOps.mirror(image)
    inset, (width, height) = 24 + 12 * turn, image.size
    return image.crop((3 * inset // 2, inset, width - inset // 2, height - inset // 2)).resize((1200, 900))


def jpeg(name: str, turn: int) -> bytes:
    """Such a drawing as a phone sends it."""
    out = io.BytesIO()
    drawing(name, turn).save(out, "JPEG", quality=90)
    return out.getvalue()


class FilmedTown(LiveTown):
    """A town whose photos are those of one place."""

    def __init__(self, live: Live, language: Language) -> None:
        super().__init__(live)
        self.place_name, self.local = PLACES[LANGUAGES.index(language) % len(PLACES)], LOCAL.get(language, ENGLISH)
        self.turn = 0
        """Which place is seen now: each film has one of its own."""

    def photo(self, seed: int | None = None, folder: str = "campaigns") -> photos.StoredPhoto:
        """The place as it was, or cleaned in the folder of a job."""
        when = "after" if folder.startswith("jobs/") else "before"
        seen = photos.examine(
            jpeg(f"{self.place_name}-{when}", self.turn), most_bytes=10_000_000, kinds=photos.JOB_KINDS
        )
        return photos.store(self.files, seen, folder=folder)

    def collecting(self) -> Campaign:
        """A campaign that collects, of a place that nobody has seen."""
        said = self.local
        draft = campaigns.check_draft(
            title=said.title, description=said.story, target_paise=100 * RUPEES, latitude=LUCKNOW[0],
            longitude=LUCKNOW[1], address=said.address,
        )  # fmt: skip
        creator, admin = self.person(name=said.neighbour), self.admin()
        with self.uow() as uow:
            made = campaigns.create_campaign(uow, actor=creator, draft=draft, photo=self.photo())
        with self.uow() as uow:
            return campaigns.approve_campaign(uow, actor=admin, campaign_id=made.id)

    def paid(self) -> Campaign:
        """A campaign whose job is open."""
        campaign = self.collecting()
        self.give(campaign, 100 * RUPEES)
        return campaign

    def handed_in(self, cleaner: Actor, *, target_paise: int = 100 * RUPEES, away_m: float = 20) -> Job:
        """A job of this place with an after-photo."""
        job = self.job_of(self.paid().id)
        with self.uow() as uow:
            jobs.claim_job(uow, actor=cleaner, job_id=job.id)
        self.hand_in(cleaner, job, away_m=away_m)
        return job

    def draft(self) -> Wish:
        """What somebody is about to start."""
        photo = FilePayload(
            name="place.jpg", mimeType="image/jpeg", buffer=jpeg(f"{self.place_name}-before", self.turn)
        )
        return Wish(photo, self.local.address, self.local.title, self.local.story, RUPEES)


@dataclass(frozen=True)
class Stage:
    """Where a walk is taken: by which kind of hand, in which town, in tabs of which language."""

    town: FilmedTown
    street: Street
    language: Language
    kind_of_hand: type[Hand]

    @contextmanager
    def hand_of(self, actor: Actor, screen: Screen = PHONE) -> Iterator[Hand]:
        """The hand of this person at a screen, at the spot, with camera and place allowed."""
        page = self.street.tab(
            actor,
            device_scale_factor=screen.sharpness,
            geolocation=NEAR_THE_PIN,
            permissions=["geolocation", "camera"],
            reduced_motion="reduce",
        )
        page.set_viewport_size(screen.viewport)
        page.context.add_cookies([{"name": "lang", "value": self.language, "url": self.street.live.base_url}])
        yield self.kind_of_hand(page, self.language)
        page.context.close()


Walked = dict[str, Hand]
"""The name of a guide → the hand that went through it."""


def starting(on: Stage) -> Walked:
    """Somebody starts a first cleanup."""
    asha, wish = on.town.person(name=on.town.local.citizen), on.town.draft()
    with on.hand_of(asha) as hand:
        hand.page.goto(routes.START)
        walks.start(hand, wish)
    return {"start": hand}


def chipping_in(on: Stage) -> Walked:
    """A neighbour pays for half of one."""
    campaign, giver = on.town.collecting(), on.town.person(name=on.town.local.citizen)
    on.town.give(campaign, 48 * RUPEES)
    with on.hand_of(giver) as hand:
        walks.chip_in(hand, campaign.id, 500)
    return {"chip_in": hand}


def cleaning(on: Stage) -> Walked:
    """A cleaner takes a job and sends the photo."""
    job, ramesh = on.town.job_of(on.town.paid().id), on.town.cleaner(on.town.local.cleaner)
    with on.hand_of(ramesh) as taking:
        walks.first_job(taking, job.id)
    with on.hand_of(ramesh) as proving:
        walks.after_photo(proving, job.id)
    return {"first_job": taking, "after_photo": proving}


def verifying(on: Stage) -> Walked:
    """An admin approves a photo."""
    ramesh, meera = on.town.cleaner(on.town.local.cleaner), on.street.admin(AdminDuty.VERIFIER)
    with on.town.earlier(hours=60):  # longer than any of the demo's: it is the first to be checked
        on.town.handed_in(ramesh)
    with on.hand_of(meera, DESK) as hand:
        walks.verify(hand)
    return {"verify": hand}


Scene = Callable[[Stage], Walked]
SCENES: tuple[Scene, ...] = (starting, chipping_in, cleaning, verifying)
"""Each has a place of its own, numbered as here."""


def camera_of(town: FilmedTown) -> Image.Image:
    """What a cleaner's camera sees."""
    return drawing(f"{town.place_name}-after", SCENES.index(cleaning))
