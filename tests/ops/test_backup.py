"""A backup is sealed, restores with the same counts and right books, and is forgotten after thirty days."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from cleanit_app.ops.backup import BackupFailed, back_up, backups, restore_test
from cleanit_app.ops.sealing import seal, unseal
from tests.factories import Town

KEYS = {1: b"o" * 32, 2: b"k" * 32}


@pytest.mark.row("SEC-09")
def test_the_newest_backup_restores_with_its_counts_and_its_books(
    town: Town, database_url: str, tmp_path: Path
) -> None:
    cleaner = town.cleaner("Ramesh Secretname")
    town.verified(cleaner)
    now = town.clock.now()
    old = back_up(database_url, tmp_path, KEYS, now - timedelta(days=31))
    young = back_up(database_url, tmp_path, KEYS, now - timedelta(days=29))
    made = back_up(database_url, tmp_path, KEYS, now)
    assert backups(tmp_path) == [young, made]
    assert not old.exists()
    assert b"Secretname" not in made.read_bytes()
    assert made.stat().st_mode & 0o077 == 0
    counts = restore_test(database_url, tmp_path, KEYS, now)
    assert (counts["payouts"], counts["fee_invoices"], counts["campaigns"]) == (1, 1, 1)
    with pytest.raises(ValueError, match="key"):
        restore_test(database_url, tmp_path, {3: b"x" * 32}, now)


@pytest.mark.row("SEC-09")
def test_no_backup_is_a_failure_with_words(database_url: str, tmp_path: Path, town: Town) -> None:
    with pytest.raises(BackupFailed, match="no backup"):
        restore_test(database_url, tmp_path, KEYS, town.clock.now())


@pytest.mark.row("SEC-09")
def test_a_changed_cut_or_reordered_file_is_noticed() -> None:
    out = io.BytesIO()
    seal([b"one", b"two", b"three"], out, KEYS)
    whole = out.getvalue()
    assert list(unseal(io.BytesIO(whole), KEYS)) == [b"one", b"two", b"three"]
    piece = 5 + 3 + 16
    first, second = whole[14 : 14 + piece], whole[14 + piece : 14 + 2 * piece]
    with pytest.raises(InvalidTag):
        list(unseal(io.BytesIO(whole[:14] + second + first + whole[14 + 2 * piece :]), KEYS))
    with pytest.raises(ValueError, match="cut"):
        list(unseal(io.BytesIO(whole[: 14 + 2 * piece]), KEYS))
    for place in range(20, len(whole), 7):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises((InvalidTag, ValueError)):
            list(unseal(io.BytesIO(bytes(changed)), KEYS))
