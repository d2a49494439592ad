"""`make code key=…`: what an authenticator app would show now, for trying out without a phone."""

from __future__ import annotations

import sys

import pyotp

from cleanit_app.wiring import wiring


def main() -> int:
    """Print the code of a key by Cleanit's own clock, which `make clock` may have moved on."""
    key = "".join(sys.argv[1:]).replace(" ", "").upper()
    parts = wiring()
    if parts.settings.is_production or not key:
        sys.stderr.write('Say the key that the page shows: make code key="ABCD EFGH …" (not in production).\n')
        return 1
    try:
        sys.stdout.write(f"{pyotp.TOTP(key).at(parts.clock.now())}\n")
    except ValueError:
        sys.stderr.write("This is no key of an authenticator app.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
