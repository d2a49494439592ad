"""The switch for money: an admin stops payouts or refunds, and everything keeps its place."""

from __future__ import annotations

from sqlmodel import col, select

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.errors import ReasonMissing
from cleanit_app.domain.events import MoneyFlowResumed, MoneyFlowStopped
from cleanit_app.domain.flows import MoneyFlow
from cleanit_app.models import MoneySwitch
from cleanit_app.services import input_validation
from cleanit_app.services.unit_of_work import UnitOfWork

_SENDS = {
    MoneyFlow.PAYOUTS: "workers.jobs.payouts.send_payouts_again",
    MoneyFlow.REFUNDS: "workers.jobs.refunds.send_due_refunds",
}


def stop_money(uow: UnitOfWork, *, actor: Actor, flow: MoneyFlow, reason: str) -> MoneySwitch:
    """Let nothing more leave by this flow; calls under way are only asked about. ReasonMissing without words."""
    actor.must(Permission.RUN_PAYOUTS)
    said = input_validation.said("reason", reason, 300)
    if not said:
        raise ReasonMissing
    switch = _switch(uow, flow, to_change=True)
    switch.stopped_at, switch.stopped_by, switch.reason = uow.now, actor.user_id, said
    uow.record(MoneyFlowStopped(flow.value, said), by=actor)
    return switch


def resume_money(uow: UnitOfWork, *, actor: Actor, flow: MoneyFlow) -> MoneySwitch:
    """Let money leave again, everything from where it stood."""
    actor.must(Permission.RUN_PAYOUTS)
    switch = _switch(uow, flow, to_change=True)
    if switch.stopped_at is None:
        return switch
    switch.stopped_at = switch.stopped_by = switch.reason = None
    uow.record(MoneyFlowResumed(flow.value), by=actor)
    uow.hint("money", _SENDS[flow])
    return switch


def is_stopped(uow: UnitOfWork, flow: MoneyFlow) -> bool:
    """Whether this flow is stopped; until the end of this transaction nobody can stop it meanwhile."""
    return _switch(uow, flow).stopped_at is not None


def _switch(uow: UnitOfWork, flow: MoneyFlow, *, to_change: bool = False) -> MoneySwitch:
    mine = (
        select(MoneySwitch)
        .where(col(MoneySwitch.flow) == flow.value)
        .with_for_update(read=not to_change, key_share=to_change)
    )
    return uow.session.scalars(mine.execution_options(populate_existing=True)).one()
