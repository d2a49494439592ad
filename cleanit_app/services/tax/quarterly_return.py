"""Taking the tax of a quarter out of the house for the payer's statement: logged, and told to seniors (LAW-04)."""

from __future__ import annotations

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.calendar import TaxQuarterDays
from cleanit_app.domain.events import TaxQuarterTaken
from cleanit_app.services.unit_of_work import UnitOfWork


def take_tax_quarter(uow: UnitOfWork, *, actor: Actor, quarter: TaxQuarterDays) -> None:
    """Note that an admin takes the tax of a quarter along with whole PANs; asks for the second factor (SEC-10)."""
    actor.must(Permission.SEE_FINANCES)
    actor.must_prove()
    uow.record(TaxQuarterTaken(actor.user_id, f"{quarter.tax_year} Q{quarter.number}"), by=actor)
