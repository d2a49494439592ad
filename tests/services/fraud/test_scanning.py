"""Each rule finds what it is for, and not its innocent neighbour; what is found once stays one case (OPS-04)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, AdminDuty
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.fraud import FraudKind, FraudRule
from cleanit_app.domain.statuses import UserStatus
from cleanit_app.models import FraudCase, FraudFinding, FraudScan, Job, KnownDevice, Notification, Photo, User
from cleanit_app.services.campaigns import campaigns
from cleanit_app.services.fraud.cases import close_case
from cleanit_app.services.fraud.scanning import scan
from cleanit_app.services.jobs.jobs import claim_job
from cleanit_app.services.notifications.relay import relay_outbox
from cleanit_app.services.review.completion import Claimed, complete_job, weigh_evidence
from tests.factories import LUCKNOW, Town

pytestmark = pytest.mark.row("OPS-04")
KM = 1 / 111.195
Place = tuple[float, float]


def north(km: float, east_km: float = 0) -> Place:
    """A place so many km north of the middle of the town; a little off, as no two phones agree to the last digit."""
    return LUCKNOW[0] + km * KM, LUCKNOW[1] + east_km * KM / 0.8925


def take(town: Town, cleaner: Actor, place: Place = LUCKNOW) -> Job:
    """A job at a place, taken by this cleaner."""
    job = town.job(place=place)
    with town.uow() as uow:
        return claim_job(uow, actor=cleaner, job_id=job.id)


def hand_in(town: Town, cleaner: Actor, job: Job, place: Place | None, *, accuracy: float = 9) -> UUID:
    """The after-photo of a taken job with the place that the phone says; its id."""
    stored = town.photo(folder=f"jobs/{job.id}/completion")
    claimed = Claimed(place=place, accuracy_m=accuracy, captured_at=town.clock.now())
    with town.uow() as uow:
        done = complete_job(
            uow, actor=cleaner, job_id=job.id, stored=stored, claimed=claimed,
            evidence=weigh_evidence(claimed, stored.photo),
        )  # fmt: skip
        assert done.completion_photo_id is not None
        return done.completion_photo_id


def look(town: Town, rule: FraudRule) -> int:
    """Some minutes later the rule looks; how many things are new."""
    town.clock.move(minutes=5)
    return scan(town.open, rule)


def cases(town: Town) -> list[tuple[str, UUID]]:
    """Kinds and people of all cases, the oldest first."""
    with town.uow() as uow:
        rows = uow.run(select(FraudCase).order_by(col(FraudCase.opened_at), col(FraudCase.id))).scalars()
        return [(row.kind_of_case, row.person_id) for row in rows]


def facts(town: Town) -> dict[str, Any]:
    """The numbers of the newest finding."""
    with town.uow() as uow:
        newest = select(FraudFinding).order_by(col(FraudFinding.found_at).desc(), col(FraudFinding.id).desc())
        return uow.run(newest).scalars().first().facts


def close(town: Town, *, confirmed: bool = False) -> None:
    """Compliance decides every open case."""
    admin = town.admin(AdminDuty.COMPLIANCE)
    with town.uow() as uow:
        for case in uow.all(FraudCase, col(FraudCase.closed_at).is_(None)):
            close_case(uow, actor=admin, case_id=case.id, confirmed=confirmed, reason="looked at it")


def test_one_cleaner_with_most_jobs_of_an_area(town: Town) -> None:
    cleaner, other = town.cleaner(), town.cleaner()
    for n in range(4):
        take(town, cleaner, north(0.2 * n))
    take(town, other, north(1))
    assert (look(town, FraudRule.AREA), cases(town)) == (0, [])  # four are too few to take over anything
    take(town, cleaner, north(0.9))
    assert look(town, FraudRule.AREA) == 1
    assert cases(town) == [(FraudKind.AREA_TAKEN, cleaner.id)]
    assert facts(town) == {"mine": 5, "all": 6, "percent": 83, "km": 3.0, "days": 30}


def test_sixty_percent_is_not_more_than_sixty(town: Town) -> None:
    cleaner, others = town.cleaner(), [town.cleaner() for _ in range(3)]
    mine = [take(town, cleaner, north(0.1 * n)) for n in range(5)]
    take(town, others[0], north(0.5))
    take(town, others[1], north(1.5))
    take(town, others[2], north(2.2))
    take(town, others[0], north(1.2))  # five of nine: 55 %
    take(town, others[1], north(9))  # another area
    assert look(town, FraudRule.AREA) == 0
    town.hand_in(cleaner, mine[0].id)
    take(town, cleaner, north(0.3))  # six of ten
    assert look(town, FraudRule.AREA) == 0
    town.hand_in(cleaner, mine[1].id)
    take(town, cleaner, north(0.35))  # seven of eleven
    assert look(town, FraudRule.AREA) == 1


def test_what_goes_on_is_one_case_and_silent_for_a_month_after_it(town: Town) -> None:
    cleaner = town.cleaner()
    mine = [take(town, cleaner, north(0.1 * n)) for n in range(5)]
    assert look(town, FraudRule.AREA) == 1
    town.hand_in(cleaner, mine[0].id)
    take(town, cleaner, north(0.6))
    assert look(town, FraudRule.AREA) == 0
    close(town)
    town.hand_in(cleaner, mine[1].id)
    take(town, cleaner, north(0.7))
    assert look(town, FraudRule.AREA) == 0
    assert len(cases(town)) == 1


def test_a_photo_that_looks_like_another_brings_both_and_their_people(town: Town) -> None:
    first, second = town.cleaner("Ramesh Pal"), town.cleaner("Sunil More")
    one = hand_in(town, first, take(town, first), north(0.01))
    job = take(town, second, north(5))
    with town.uow() as uow:
        bits = uow.get(Photo, one).phash
    taken = town.photo(folder=f"jobs/{job.id}/completion")
    stored = replace(taken, photo=replace(taken.photo, dhash=bits ^ 0b101))  # two of 64 bits apart
    claimed = Claimed(place=north(5.01), accuracy_m=9, captured_at=town.clock.now())
    with town.uow() as uow:
        complete_job(
            uow, actor=second, job_id=job.id, stored=stored, claimed=claimed,
            evidence=weigh_evidence(claimed, stored.photo),
        )  # fmt: skip
    assert look(town, FraudRule.LOOKALIKE) == 1
    with town.uow() as uow:
        case = uow.run(select(FraudCase)).scalar_one()
        finding = uow.run(select(FraudFinding)).scalar_one()
        assert (case.kind_of_case, case.person_id, set(case.people)) == (
            FraudKind.PHOTO_REUSED, second.id, {first.id, second.id},
        )  # fmt: skip
        assert (finding.other_photo_id, finding.job_id, finding.facts["own"]) == (one, job.id, False)


def test_campaigns_that_are_started_and_taken_back(town: Town) -> None:
    busy, calm = town.person(), town.person()
    for person, times, hours in ((busy, 3, 2), (calm, 2, 2), (calm, 1, 30)):
        for n in range(times):
            campaign = town.campaign(creator=person, place=north(n, 30))
            town.clock.move(hours=hours)
            with town.uow() as uow:
                campaigns.cancel_campaign(uow, actor=person, campaign_id=campaign.id)
    assert look(town, FraudRule.QUICK_CANCELS) == 1
    assert cases(town) == [(FraudKind.CREATE_DELETE, busy.id)]
    assert facts(town) == {"times": 3, "hours": 24, "days": 7}


@pytest.mark.parametrize(
    ("km", "minutes", "found"),
    [(40, 20, 1), (40, 31, 0), (1.5, 0.1, 0), (6, 4, 1), (300, 240, 0), (300, 200, 1)],
    ids=["40 km in 20 min", "under 80 km/h", "a phone's error", "6 km in 4 min", "a train", "faster than it"],
)
def test_two_jobs_that_lie_too_far_apart_for_the_time_between(
    town: Town, km: float, minutes: float, found: int
) -> None:
    cleaner = town.cleaner()
    here, there = take(town, cleaner, north(0)), take(town, cleaner, north(-km))
    hand_in(town, cleaner, here, north(0.013))
    town.clock.move(minutes=minutes)
    hand_in(town, cleaner, there, north(-km + 0.004))
    assert look(town, FraudRule.TOO_FAST) == found
    if found:
        assert cases(town) == [(FraudKind.GPS_SPOOFED, cleaner.id)]
        assert facts(town)["speed"] > facts(town)["most"] == LIMITS.fastest_km_an_hour


def test_a_photo_at_the_last_digit_of_the_pin(town: Town) -> None:
    honest, sly = town.cleaner(), town.cleaner()
    first, second = take(town, honest, north(1)), take(town, sly, north(2))
    hand_in(town, honest, first, (first.latitude + 1e-6, first.longitude))
    hand_in(town, sly, second, (second.latitude, second.longitude))
    assert look(town, FraudRule.EXACT_PIN) == 1
    assert cases(town) == [(FraudKind.GPS_SPOOFED, sly.id)]


def test_two_photos_at_one_place_to_the_last_digit(town: Town) -> None:
    one, other = town.cleaner(), town.cleaner()
    first, second, third = take(town, one), take(town, other, north(0.1)), take(town, one, north(0.2))
    hand_in(town, one, first, north(0.05))
    hand_in(town, other, second, north(0.050001))
    assert look(town, FraudRule.SAME_PLACE) == 0
    earlier = hand_in(town, one, third, north(0.07))
    fourth = take(town, other, north(0.3))
    hand_in(town, other, fourth, north(0.07))
    assert look(town, FraudRule.SAME_PLACE) == 1
    with town.uow() as uow:
        assert uow.run(select(FraudFinding.other_photo_id)).scalar_one() == earlier
        assert set(uow.run(select(FraudCase)).scalar_one().people) == {one.id, other.id}


def test_no_phone_is_exact_to_nothing(town: Town) -> None:
    honest, sly, without = town.cleaner(), town.cleaner(), town.cleaner()
    hand_in(town, honest, take(town, honest), north(0.01), accuracy=1)
    hand_in(town, sly, take(town, sly), north(0.02), accuracy=0)
    hand_in(town, without, take(town, without), None, accuracy=0)
    assert look(town, FraudRule.ZERO_ACCURACY) == 1
    assert cases(town) == [(FraudKind.GPS_SPOOFED, sly.id)]


def test_many_accounts_in_one_browser(town: Town) -> None:
    people = [town.person(name=f"Asha {n}") for n in range(LIMITS.accounts_on_device + 1)]

    def sign_in(person: Actor, device: bytes) -> None:
        with town.uow() as uow:
            uow.add(
                KnownDevice(user_id=person.user_id, device_hash=device, first_seen_at=uow.now, last_seen_at=uow.now)
            )
        town.clock.move(minutes=1)

    sign_in(people[0], b"shared")
    sign_in(people[1], b"shared")
    sign_in(people[2], b"alone")
    assert look(town, FraudRule.DEVICE) == 0  # two share a phone at home
    sign_in(people[2], b"shared")
    assert look(town, FraudRule.DEVICE) == 1
    assert cases(town) == [(FraudKind.SHARED_DEVICE, people[0].id)]
    sign_in(people[3], b"shared")
    assert look(town, FraudRule.DEVICE) == 1
    assert len(cases(town)) == 1  # the same case, with one more in it
    with town.uow() as uow:
        assert uow.run(select(FraudCase)).scalar_one().people == [one.id for one in people]


def test_nothing_is_found_twice_nor_missed_after_a_pause(town: Town) -> None:
    sly = town.cleaner()
    job = take(town, sly)
    hand_in(town, sly, job, (job.latitude, job.longitude))
    assert (scan(town.open, FraudRule.EXACT_PIN), cases(town)) == (0, [])  # not yet settled
    town.clock.move(days=9)
    assert [scan(town.open, FraudRule.EXACT_PIN) for _ in range(2)] == [1, 0]
    with town.uow() as uow:
        uow.session.delete(uow.run(select(FraudScan)).scalar_one())
    assert scan(town.open, FraudRule.EXACT_PIN) == 0  # also when it begins anew
    close(town)
    again = take(town, sly, north(3))
    hand_in(town, sly, again, (again.latitude, again.longitude))
    assert look(town, FraudRule.EXACT_PIN) == 1  # new evidence after a case was closed is a new case
    assert len(cases(town)) == 2


def test_compliance_hears_and_nobody_is_blocked(town: Town) -> None:
    compliance, finance = town.admin(AdminDuty.COMPLIANCE), town.admin(AdminDuty.FINANCE)
    sly = town.cleaner("Sunil More")
    job = take(town, sly)
    hand_in(town, sly, job, (job.latitude, job.longitude))
    look(town, FraudRule.EXACT_PIN)
    town.approve(job)
    with town.uow() as uow:
        relay_outbox(uow, limit=1000)
        told = uow.all(Notification, Notification.kind == "fraud_case_opened")
        assert {row.user_id for row in told} >= {compliance.id}
        assert finance.id not in {row.user_id for row in told}
        assert {row.values["name"] for row in told} == {"Sunil More"}
        assert uow.get(User, sly.user_id).status is UserStatus.ACTIVE
        assert uow.all(Notification, Notification.user_id == sly.id, Notification.kind == "payout_held") == []
