"""Keyed hashes of payout accounts and PANs, so that equal ones are found without keeping them in clear (OPS-04).

A payout account is its number with the IFSC, or the UPI id; whose name stands on it does not count.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert as upsert

from cleanit_app.models import AccountFingerprint, Cleaner
from cleanit_app.ports import CannotUnlock, FieldCipher, KeyedHash, UpiDetails
from cleanit_app.services.payouts.fund_accounts import payout_details
from cleanit_app.services.unit_of_work import OpenUow

BATCH = 200
log = logging.getLogger(__name__)
# Whose details are newer than their hash, the longest given first; nothing is asked twice that no key opens.
_STALE = {
    "PAYOUT_ACCOUNT": """SELECT c.user_id, c.payout_changed_at AS given_at FROM cleaners c
        LEFT JOIN account_fingerprints f ON f.cleaner_id = c.user_id AND f.what = 'PAYOUT_ACCOUNT'
        WHERE c.payout_changed_at IS NOT NULL AND c.payout_details IS NOT NULL
          AND (f.given_at IS NULL OR f.given_at < c.payout_changed_at)
          AND (c.payout_changed_at, c.user_id) > (:since, CAST(:last AS uuid))
        ORDER BY c.payout_changed_at, c.user_id LIMIT :size""",
    "PAN": """SELECT c.user_id, c.pan_given_at AS given_at FROM cleaners c
        LEFT JOIN account_fingerprints f ON f.cleaner_id = c.user_id AND f.what = 'PAN'
        WHERE c.pan_given_at IS NOT NULL AND (f.given_at IS NULL OR f.given_at < c.pan_given_at)
          AND (c.pan_given_at, c.user_id) > (:since, CAST(:last AS uuid))
        ORDER BY c.pan_given_at, c.user_id LIMIT :size""",
}


def fingerprint_accounts(open_uow: OpenUow, cipher: FieldCipher, keyed: KeyedHash) -> int:
    """Hash every payout account and PAN that has none yet, or that was given anew; how many."""
    return _all(open_uow, "PAYOUT_ACCOUNT", keyed, lambda one: _account(one, cipher)) + _all(
        open_uow, "PAN", keyed, lambda one: _pan(one, cipher)
    )


def _all(open_uow: OpenUow, what: str, keyed: KeyedHash, read: Callable[[Cleaner], str]) -> int:
    made, since, last = 0, datetime.fromisoformat("2000-01-01T00:00:00+00:00"), UUID(int=0)
    while True:
        with open_uow() as uow:
            rows = uow.run(text(_STALE[what]), {"since": since, "last": last, "size": BATCH}).all()
            for row in rows:
                try:
                    value = read(uow.get(Cleaner, row.user_id))
                except CannotUnlock:  # locked with a key that is gone: the nightly change of keys notes it
                    log.warning("an account cannot be unlocked", extra={"cleaner": str(row.user_id), "what": what})
                    continue
                fresh = {
                    "fingerprint": keyed.of(value, context=f"account_fingerprints:{what}"),
                    "given_at": row.given_at,
                    "made_at": uow.now,
                }
                mine = {"cleaner_id": row.user_id, "what": what}
                write = upsert(AccountFingerprint).values(mine | fresh)
                uow.run(write.on_conflict_do_update(index_elements=["cleaner_id", "what"], set_=fresh))
                made += 1
        if len(rows) < BATCH:
            return made
        since, last = rows[-1].given_at, rows[-1].user_id


def _account(cleaner: Cleaner, cipher: FieldCipher) -> str:
    details = payout_details(cleaner, cipher)
    if isinstance(details, UpiDetails):
        return details.vpa.lower()
    return f"{details.ifsc} {details.account_number}" if details else ""


def _pan(cleaner: Cleaner, cipher: FieldCipher) -> str:
    return cipher.unlock(cleaner.pan_locked or b"", context=f"cleaners:pan_locked:{cleaner.id}")
