"""Reconciliation: the provider's book and ours, both ways, page by page; what differs stays until resolved (PAY-13)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from cleanit_app.domain.actors import SYSTEM, Actor, Permission
from cleanit_app.domain.calendar import ist_date
from cleanit_app.domain.errors import MoveRefused, ReasonMissing, UnknownSubject
from cleanit_app.domain.events import MismatchesFound
from cleanit_app.domain.provider import ProviderTransferStatus
from cleanit_app.models import Attempt, CheckRun, Difference, ErrorLog, LedgerAccount, Seen, new_id
from cleanit_app.ports import (
    PAGE,
    PaymentProvider,
    PayoutProvider,
    ProviderRejected,
    ProviderSettlement,
    ProviderUnreadable,
    SettledRow,
    UnreadableRow,
)
from cleanit_app.services import input_validation
from cleanit_app.services.ledger import booking
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.payments import payments
from cleanit_app.services.payouts import late_returns, payouts
from cleanit_app.services.reconciliation.compare import Finding, compare_payments, compare_payouts, compare_refunds
from cleanit_app.services.refunds import refunds
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

LOOK_BACK = timedelta(days=5)  # banks change their word for five working days
GRACE = timedelta(minutes=15)  # what is younger may still be on its way
# First the days, by their index, then what of them was not seen: an order by id alone would walk through all years.
_OF_THESE_DAYS = """WITH mine AS MATERIALIZED ({})
    SELECT id FROM mine WHERE id > :last AND NOT EXISTS (SELECT 1 FROM reconciliation_seen s
      WHERE s.run_id = :run AND s.provider_id = mine.id) ORDER BY id LIMIT :size"""
_CALLS = "SELECT provider_id AS id FROM transfer_attempts WHERE {} IS NOT NULL AND created_at BETWEEN :since AND :until"
UNSEEN = {
    "PAYMENT": _OF_THESE_DAYS.format(
        "SELECT razorpay_payment_id AS id FROM payments WHERE captured_at BETWEEN :since AND :until"
    ),
    "REFUND": _OF_THESE_DAYS.format(_CALLS.format("refund_id")),
    "PAYOUT": _OF_THESE_DAYS.format(_CALLS.format("payout_id")),
}
UNREADABLE = "UNREADABLE"
"""The kind of a difference that is a word of the provider which nobody can read."""
Compare = Callable[[UnitOfWork, Sequence[Any]], list[Finding]]


def reconcile(open_uow: OpenUow, provider: PaymentProvider, payer: PayoutProvider) -> int:
    """Match everything of the last five days both ways, book settlements, keep a report; how many differ (PAY-13).

    After nights without a run it looks back to where the last one began, and five days more. Pay that arrived in the
    last ten days and is not in the lists is asked about by its id.
    """
    with open_uow() as uow:
        since, until = _last_start(uow) - LOOK_BACK, uow.now - GRACE
        run_id = _begin(uow)
    kinds: tuple[tuple[str, Any, Callable[[str], Any], Compare], ...] = (
        ("PAYMENT", provider.payments_page, provider.payment, compare_payments),
        ("REFUND", provider.refunds_page, provider.refund_by_id, compare_refunds),
        ("PAYOUT", payer.payouts_page, payer.payout, compare_payouts),
    )
    checked = 0
    for what, pages, one, compare in kinds:
        for page in _pages(pages, since, until):
            checked += _note(open_uow, run_id, what, page, compare)
        checked += _ask_unseen(open_uow, run_id, what, (since, until), one, compare)
    for word in late_returns.ask_about_arrived(open_uow, payer, run_id=run_id):
        checked += _note(open_uow, run_id, "PAYOUT", [word], compare_payouts)
    for page in _pages(provider.settlements_page, since, until):
        for settlement in _readable(open_uow, run_id, "SETTLEMENT", page):
            _settle(open_uow, provider, run_id, settlement)
            checked += 1
    with open_uow() as uow:
        return _end(uow, run_id, checked)


def _last_start(uow: UnitOfWork) -> datetime:
    """When the last run that was finished began; now when there was none."""
    before = text("SELECT max(started_at) FROM check_runs WHERE kind = 'RECONCILIATION' AND finished_at IS NOT NULL")
    last: datetime | None = uow.run(before).scalar_one()
    return min(last, uow.now) if last else uow.now


def _begin(uow: UnitOfWork) -> UUID:
    """Today's run; begun again, it keeps its row."""
    fresh = {"kind": "RECONCILIATION", "day_on": ist_date(uow.now), "started_at": uow.now}
    table = CheckRun.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    row = insert(table).values(id=new_id(), checked=0, problems=0, report={}, **fresh)
    again = row.on_conflict_do_update(
        index_elements=["kind", "day_on"], set_={"started_at": uow.now, "finished_at": None}
    )
    run_id: UUID = uow.run(again.returning(table.c.id)).scalar_one()
    uow.run(delete(Seen).where(col(Seen.run_id) == run_id))
    return run_id


def _pages(ask: Callable[[datetime, datetime, int], list[Any]], since: datetime, until: datetime) -> Iterator[Any]:
    """Page after page of a list of the provider, until one is not full."""
    skip = 0
    while True:
        page = ask(since, until, skip)
        if page:
            yield page
        if len(page) < PAGE:
            return
        skip += PAGE


def _note(open_uow: OpenUow, run_id: UUID, what: str, page: Sequence[Any], compare: Compare) -> int:
    """Compare the rows of a page that can be read; how many they were."""
    readable = _readable(open_uow, run_id, what, page)
    if readable:
        with open_uow() as uow:
            _see(uow, run_id, [one.id for one in readable])
            _keep(uow, run_id, compare(uow, readable))
    return len(readable)


def _see(uow: UnitOfWork, run_id: UUID, ids: Sequence[str]) -> None:
    uow.run(insert(Seen).on_conflict_do_nothing(), [{"run_id": run_id, "provider_id": one} for one in ids])


def _readable(open_uow: OpenUow, run_id: UUID, what: str, page: Sequence[Any]) -> list[Any]:
    """The page without its odd rows; each of those is a difference that a person looks at, and stops no other."""
    odd = [one for one in page if isinstance(one, UnreadableRow)]
    if not odd:
        return list(page)
    with open_uow() as uow:
        for row in odd:
            if row.id is None:  # which one it is nobody knows: what we miss is asked for by its id
                uow.add(ErrorLog(source="reconciliation", message=f"{what}: {row.why}"[:1000], at=uow.now))
            else:
                _see(uow, run_id, [row.id])
                _keep(uow, run_id, [Finding(what, row.id, UNREADABLE, "", row.why)])
    return [one for one in page if not isinstance(one, UnreadableRow)]


def _ask_unseen(
    open_uow: OpenUow,
    run_id: UUID,
    what: str,
    span: tuple[datetime, datetime],
    one: Callable[[str], Any],
    compare: Compare,
) -> int:
    """What we have of these days and their lists did not show is asked for by its id."""
    last, asked = "", 0
    wanted = {"since": span[0], "until": span[1], "run": run_id, "size": PAGE}
    while True:
        with open_uow() as uow:
            ids = list(uow.run(text(UNSEEN[what]), {**wanted, "last": last}).scalars())
        for provider_id in ids:
            try:
                theirs = one(provider_id)
            except ProviderRejected as no:
                if no.is_about_us:
                    raise  # nobody said that it is missing
                with open_uow() as uow:
                    _keep(uow, run_id, [Finding(what, provider_id, "MISSING_THERE", "booked", "")])
                continue
            except ProviderUnreadable as odd:
                theirs = UnreadableRow(provider_id, str(odd))
            _note(open_uow, run_id, what, [theirs], compare)
        asked += len(ids)
        if len(ids) < PAGE:
            return asked
        last = ids[-1]


def _keep(uow: UnitOfWork, run_id: UUID, found: Sequence[Finding]) -> None:
    """Write down what differs, once while it is open and never again when accepted or booked; close what agrees."""
    agree = [f.provider_id for f in found if not f.kind]
    if agree:
        _close(uow, agree, None)
    wrong = [f for f in found if f.kind and not _accepted(uow, f)]
    for f in wrong:
        row = insert(Difference).values(
            id=new_id(), run_id=run_id, what=f.what, kind=f.kind, provider_id=f.provider_id,
            ours=f.ours, theirs=f.theirs, found_at=uow.now, note="",
        )  # fmt: skip
        uow.run(row.on_conflict_do_nothing())


def _accepted(uow: UnitOfWork, f: Finding) -> bool:
    d = Difference
    same = (col(d.what) == f.what, col(d.provider_id) == f.provider_id, col(d.kind) == f.kind)
    left = col(d.resolution).in_(("ACCEPTED", "BOOKED"))
    return uow.first(d, *same, col(d.theirs) == f.theirs, left) is not None


def _close(uow: UnitOfWork, provider_ids: Sequence[str], by: UUID | None) -> None:
    still = update(Difference).where(
        col(Difference.provider_id).in_(provider_ids), col(Difference.resolved_at).is_(None)
    )
    uow.run(still.values(resolved_at=uow.now, resolution="AGREES", resolved_by=by))


def _settle(open_uow: OpenUow, provider: PaymentProvider, run_id: UUID, settlement: ProviderSettlement) -> None:
    """Book what reached our bank, with fees as the provider reports them; its rows must add up to it.

    A row that nobody can read is missing from the sum, so that a person looks.
    """
    if settlement.status is not ProviderTransferStatus.PROCESSED:
        return
    total, skip = 0, 0
    fees: dict[str, int] = {}
    day = ist_date(settlement.created_at)
    while True:
        page = provider.settled_rows(day, skip)
        mine = [row for row in page if isinstance(row, SettledRow) and row.settlement_id == settlement.id]
        total += sum(row.credit_paise for row in mine)
        with open_uow() as uow:
            fees |= _fee_changes(uow, {row.provider_id: row.fee_paise for row in mine if row.is_payment})
        if len(page) < PAGE:
            break
        skip += PAGE
    with open_uow() as uow:
        adds_up = total == settlement.amount_paise
        kind = "" if adds_up else "SUM"
        _book_settlement(uow, settlement, fees)
        _keep(uow, run_id, [Finding("SETTLEMENT", settlement.id, kind, str(total), str(settlement.amount_paise))])


def _fee_changes(uow: UnitOfWork, reported: dict[str, int]) -> dict[str, int]:
    """Payments whose fee is another than we booked, with the fee reported."""
    known = text("SELECT razorpay_payment_id AS id, fee_paise FROM payments WHERE razorpay_payment_id = ANY(:ids)")
    rows = uow.run(known, {"ids": list(reported)})
    return {row.id: reported[row.id] for row in rows if row.fee_paise != reported[row.id]}


def _book_settlement(uow: UnitOfWork, settlement: ProviderSettlement, fees: dict[str, int]) -> None:
    uow.lock_name(NamedLock.SETTLEMENT, settlement.id)
    key = f"settled:{settlement.id}"
    if uow.run(text("SELECT 1 FROM ledger_transfers WHERE business_key = :key"), {"key": key}).first():
        return
    extra = 0
    for payment_id, fee in sorted(fees.items()):
        was = text("SELECT fee_paise FROM payments WHERE razorpay_payment_id = :id FOR NO KEY UPDATE")
        extra += fee - int(uow.run(was, {"id": payment_id}).scalar_one())
        changed = text("""UPDATE payments SET fee_paise = :fee, tax_paise = least(tax_paise, :fee)
            WHERE razorpay_payment_id = :id""")
        uow.run(changed, {"id": payment_id, "fee": fee})
    booking.book(
        uow,
        kind="SETTLEMENT",
        key=key,
        campaign_id=None,
        lines=[
            (LedgerAccount.BANK, None, settlement.amount_paise),
            (LedgerAccount.GATEWAY_FEES, None, extra),
            (LedgerAccount.GATEWAY, None, -settlement.amount_paise - extra),
        ],
    )


def _end(uow: UnitOfWork, run_id: UUID, checked: int) -> int:
    run = uow.lock(CheckRun, run_id)
    uow.run(delete(Seen).where(col(Seen.run_id) == run_id))
    kinds = text("""SELECT what || ' ' || kind AS name, count(*) AS number FROM reconciliation_differences
        WHERE resolved_at IS NULL GROUP BY 1 ORDER BY 1""")
    report = {row.name: row.number for row in uow.run(kinds)}
    run.finished_at, run.checked, run.problems, run.report = uow.now, checked, sum(report.values()), report
    if run.problems:
        uow.record(MismatchesFound(run.id, run.problems), by=SYSTEM)
    return run.problems


def look_again(
    open_uow: OpenUow, provider: PaymentProvider, payer: PayoutProvider, *, actor: Actor, difference_id: UUID
) -> bool:
    """Ask the provider about one difference and apply its word as a webhook would; whether both books agree now."""
    actor.must(Permission.RUN_PAYOUTS)
    with open_uow() as uow:
        found = uow.get(Difference, difference_id)
    if found.what == "SETTLEMENT" or found.resolved_at:
        return found.resolved_at is not None
    ways: dict[str, tuple[Callable[[str], Any], Callable[[UnitOfWork, Any], None], Compare]] = {
        "PAYMENT": (provider.payment, _apply_payment, compare_payments),
        "REFUND": (provider.refund_by_id, _apply_refund, compare_refunds),
        "PAYOUT": (payer.payout, _apply_payout, compare_payouts),
    }
    ask, apply, compare = ways[found.what]
    try:
        theirs = ask(found.provider_id)
    except ProviderRejected:
        return False
    with open_uow() as uow:
        apply(uow, theirs)
        uow.flush()
        agrees = not compare(uow, [theirs])[0].kind
        if agrees:
            _close(uow, [found.provider_id], actor.user_id)
    return agrees


def _apply_payment(uow: UnitOfWork, theirs: Any) -> None:
    contribution_id = payments.contribution_of_order(uow, theirs.order_id)
    payments.apply_payment(uow, contribution_id=contribution_id, payment=theirs)


def _apply_refund(uow: UnitOfWork, theirs: Any) -> None:
    refunds.apply_refund(uow, attempt_id=_attempt_of(uow, theirs.receipt), answer=theirs)


def _apply_payout(uow: UnitOfWork, theirs: Any) -> None:
    payouts.apply_payout(uow, attempt_id=_attempt_of(uow, theirs.reference_id), answer=theirs, asked=True)


def _attempt_of(uow: UnitOfWork, reference: str | None) -> UUID:
    found = uow.first(Attempt, Attempt.reference == reference)
    if found is None:
        raise UnknownSubject(what=f"call {reference}")
    return found.id


def accept_difference(uow: UnitOfWork, *, actor: Actor, difference_id: UUID, note: str) -> Difference:
    """Leave a difference as it is, with a reason; it is not reported again while nothing changes. ReasonMissing."""
    actor.must(Permission.RUN_PAYOUTS)
    uow.audit(actor, "AcceptDifference", subject_id=difference_id)
    said = input_validation.said("note", note, 500)
    if not said:
        raise ReasonMissing
    found = uow.lock(Difference, difference_id)
    if found.resolved_at:
        raise MoveRefused(what="Difference", current=str(found.resolution), target="ACCEPTED")
    found.resolved_at, found.resolution, found.resolved_by, found.note = uow.now, "ACCEPTED", actor.user_id, said
    return found
