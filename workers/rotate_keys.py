"""Locks anew what lies under an older key, and says which keys are still needed. Run as `make rotate-keys`."""

from __future__ import annotations

import sys

from cleanit_app.services.people.key_rotation import left_under_older_keys, rotate
from cleanit_app.wiring import Wiring, wiring


def rotate_all(parts: Wiring) -> str:
    """Rotate and say in a sentence what was done."""
    done = rotate(parts.open_uow, parts.files, parts.cipher)
    with parts.open_read() as uow:
        left = left_under_older_keys(uow, parts.cipher)
    needed = ", ".join(str(key) for key in sorted(left)) or "none"
    lost = f"{done.lost} files are lost or closed; see the failures. " if done.lost else ""
    closed = f"{done.closed} values cannot be opened; see the failures. " if done.closed else ""
    return (
        f"{closed}{lost}{done.values} values and {done.files} files lie under key {parts.cipher.newest} now. "
        f"Older keys that are still needed: {needed}.\n"
    )


def main() -> int:
    """Rotate on this machine's settings."""
    sys.stdout.write(rotate_all(wiring()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
