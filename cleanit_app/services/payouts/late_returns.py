"""Pay that a bank sends back days after it said yes, when nobody told us: asked about by its id (PAY-06, PAY-13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from cleanit_app.domain.provider import ProviderTransferStatus
from cleanit_app.ports import PAGE, PayoutProvider, ProviderPayout, ProviderRejected, ProviderUnreadable
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.payouts import payouts
from cleanit_app.services.unit_of_work import OpenUow

MAY_COME_BACK = timedelta(days=10)  # three working days, with the longest holidays between them
# Those that this run's lists have shown as we know them need not be asked about.
ARRIVED = text(
    """SELECT a.id, a.provider_id FROM transfer_attempts a WHERE a.status = 'SUCCEEDED' AND a.payout_id IS NOT NULL
         AND a.finished_at > CAST(:since AS timestamptz) AND a.provider_id IS NOT NULL AND a.id > CAST(:last AS uuid)
         AND (NOT EXISTS (SELECT 1 FROM reconciliation_seen s WHERE s.run_id = :run AND s.provider_id = a.provider_id)
              OR EXISTS (SELECT 1 FROM reconciliation_differences d WHERE d.provider_id = a.provider_id
                         AND d.resolved_at IS NULL))
       ORDER BY a.id LIMIT :size"""
)


def ask_about_arrived(open_uow: OpenUow, payer: PayoutProvider, *, run_id: UUID) -> Iterator[ProviderPayout]:
    """The provider's present word about pay that arrived in the last days; what came back is booked at once.

    It is booked as a message would be: the ledger mirrors it and the pay is planned again.
    """
    last = UUID(int=0)
    while True:
        with open_uow() as uow:
            wanted = {"since": uow.now - MAY_COME_BACK, "last": last, "run": run_id, "size": PAGE}
            page = uow.run(ARRIVED, wanted).all()
        for row in page:
            try:
                word = payer.payout(row.provider_id)
            except ProviderRejected as no:
                if no.is_about_us:
                    raise
                continue  # one that the provider does not know was told when its days were compared
            except ProviderUnreadable as odd:
                with open_uow() as uow:
                    note_failure(uow, source="reconciliation", subject_id=row.id, trouble=odd)
                continue
            _apply(open_uow, row.id, word)
            yield word
        if len(page) < PAGE:
            return
        last = page[-1].id


def _apply(open_uow: OpenUow, attempt_id: UUID, word: ProviderPayout) -> None:
    if word.status is ProviderTransferStatus.REVERSED:
        with open_uow() as uow:
            payouts.apply_payout(uow, attempt_id=attempt_id, answer=word, asked=True)
