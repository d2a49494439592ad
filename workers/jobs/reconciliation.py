"""What the house checks about itself every night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from cleanit_app.ops import backup
from cleanit_app.ports import ProviderRejected, ProviderUnknown
from cleanit_app.services.operations.failures import note_failure
from cleanit_app.services.people import key_rotation
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


def back_up() -> None:
    """Write the day's encrypted backup and forget those older than thirty days (SEC-09)."""
    parts = wiring()
    settings = parts.settings
    backup.back_up(settings.database_url, settings.backup_dir, settings.keys_of_backups, parts.clock.now())


def rotate_keys() -> None:
    """Lock anew what lies under an older key since FIELD_ENCRYPTION_KEYS got a newer one (SEC-07)."""
    parts = wiring()
    key_rotation.rotate(parts.open_uow, parts.files, parts.cipher)
