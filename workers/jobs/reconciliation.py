"""What is compared every night: the rules of the books, and our book with the provider's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from cleanit_app.ports import ProviderRejected, ProviderUnknown
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.reconciliation import nightly
from cleanit_app.services.reconciliation import reconcile as comparison
from cleanit_app.services.unit_of_work import UnitOfWork
from cleanit_app.wiring import Wiring, wiring


def check_books() -> None:
    """Look whether every rule of the books holds, keep the result, tell finance."""
    with wiring().open_uow() as uow:
        nightly.keep_book_check(uow)


def reconcile() -> None:
    """Match our books with the provider's, both ways (PAY-13); while it does not answer, it is tried again."""
    parts = wiring()
    try:
        comparison.reconcile(_patiently(parts), parts.payments, parts.payouts)
    except (ProviderUnknown, ProviderRejected) as silence:
        # Its row stays unfinished, and the day is not done: it is tried again after a pause.
        with parts.open_uow() as uow:
            note_failure(uow, source="reconciliation", subject_id=None, trouble=silence)
        raise


def _patiently(parts: Wiring) -> Callable[[], AbstractContextManager[UnitOfWork]]:
    """Transactions in which one question about all days may take minutes."""

    @contextmanager
    def open_uow() -> Iterator[UnitOfWork]:
        with parts.open_uow() as uow:
            uow.take_time(nightly.NIGHTLY_SECONDS)
            yield uow

    return open_uow


def watch_reconciliation() -> None:
    """Tell finance when both books were not compared for too long (PAY-13)."""
    with wiring().open_uow() as uow:
        nightly.watch_reconciliation(uow)
