"""A town whose questions go through a reading unit of work; its books are checked at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from cleanit_app.domain.actors import Actor
from cleanit_app.models import Attempt, Campaign, Payout
from cleanit_app.ports import ProviderPayout
from cleanit_app.services.ledger.invariants import check_books
from cleanit_app.services.payouts import payouts
from cleanit_app.services.review.completion import Claimed, complete_job, weigh_evidence
from cleanit_app.services.review.verification import approve_completion
from cleanit_app.services.transfers import attempts
from tests.factories import ALL_TICKED, FORMAT, Town

Ask = Callable[..., Any]


@pytest.fixture
def town(db: Engine) -> Iterator[Town]:
    """People, money and work on demand."""
    town = Town(db)
    yield town
    with town.uow() as uow:
        assert check_books(uow) == []


@pytest.fixture
def ask(town: Town) -> Ask:
    """Ask one question in a transaction of its own that must not have changed anything."""

    def asking(question: Callable[..., Any], **values: Any) -> Any:
        with town.uow() as uow:
            answer = question(uow, **values)
            assert not uow.session.new
            assert not uow.session.dirty
            return answer

    return asking


def paid(town: Town, campaign: Campaign, cleaner: Actor) -> Payout:
    """The campaign's claimed job done, approved, and its pay in the cleaner's bank."""
    job = town.job_of(campaign.id)
    stored = town.photo(folder=f"jobs/{job.id}/completion")
    claimed = Claimed(place=(job.latitude, job.longitude), accuracy_m=9, captured_at=town.clock.now())
    with town.uow() as uow:
        evidence = weigh_evidence(claimed, stored.photo)
        complete_job(uow, actor=cleaner, job_id=job.id, stored=stored, claimed=claimed, evidence=evidence)
    admin = town.admin()
    with town.uow() as uow:
        approve_completion(uow, actor=admin, job_id=job.id, checklist=ALL_TICKED)
    return sent(town, job.id)


def sent(town: Town, job_id: UUID, status: str = "processed") -> Payout:
    """The job's payout, sent after its day and answered by the provider with this status."""
    town.clock.move(hours=25)
    with town.uow() as uow:
        payout_id = uow.run(select(col(Payout.id)).where(col(Payout.job_id) == job_id)).scalar_one()
        attempt_id = payouts.prepare_payout(uow, payout_id=payout_id, form=FORMAT)
        assert attempt_id
        attempts.lease(uow, attempt_id=attempt_id)
    said(town, attempt_id, status)
    with town.uow() as uow:
        return uow.get(Payout, payout_id)


def said(town: Town, attempt_id: UUID, status: str) -> None:
    """What the provider says of a payout's attempt."""
    with town.uow() as uow:
        answer = ProviderPayout(
            id=f"pout_{attempt_id.hex[-14:]}",
            amount_paise=uow.get(Attempt, attempt_id).amount_paise,
            status=status,
            reference_id=uow.get(Attempt, attempt_id).reference,
            utr="523200001111",
            fees_paise=590,
            tax_paise=90,
            reason=None,
            description=None,
        )
        payouts.apply_payout(uow, attempt_id=attempt_id, answer=answer)
