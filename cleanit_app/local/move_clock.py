"""`make clock by=30d`: moves the time of a running `make run`, its Razorpay sandbox included."""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from datetime import UTC, datetime, timedelta

from cleanit_app.adapters.clock import offset_in
from cleanit_app.domain import bounds
from cleanit_app.paths import DEFAULT, Places
from cleanit_app.settings import Settings, read_settings
from cleanit_app.wiring import Wiring

_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_LAST = bounds.MOMENT_AFTER_LAST.replace(year=bounds.YEAR_AFTER_LAST - 1)
"""Every table refuses moments from 2200 on, and deadlines lie up to months ahead of the clock."""
_SWEEPS = (
    ("default", "workers.jobs.operations.catch_up"),
    ("default", "workers.jobs.jobs.look_after_jobs"),
    ("money", "workers.jobs.payouts.send_payouts_again"),
)


def seconds_of(text: str) -> float:
    """The seconds of `30d`, `2h`, `45m` or `10s`; ValueError for anything else, and for going back."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([dhms])", text.strip())
    if not found:
        raise ValueError("Say how far, as in by=30d, by=2h or by=45m; time only goes forward.")
    return float(found[1]) * _UNITS[found[2]]


def move(places: Places, seconds: float) -> float:
    """Move the clock of these places on; how many seconds it is ahead now. ValueError when it would leave its range."""
    ahead = offset_in(places.clock) + seconds
    if not ahead < (_LAST - datetime.now(UTC)).total_seconds():
        raise ValueError(f"That is too far: Cleanit's clock ends with {_LAST.year - 1}. Say less, as in by=30d.")
    places.clock.write_text(str(ahead), encoding="ascii")
    return ahead


def _move_sandbox(settings: Settings, ahead: float) -> None:
    request = urllib.request.Request(  # noqa: S310 (the sandbox of this machine)
        f"{settings.razorpay_base_url}/control/clock",
        data=json.dumps({"offset_seconds": ahead}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5):  # noqa: S310 - the sandbox of this machine
        pass


def main(arguments: list[str]) -> None:
    """Move the clock, and let its jobs look at once instead of at their next minute."""
    settings = read_settings()
    if settings.is_production:
        sys.exit("Production lives in the present.")
    if not DEFAULT.running.exists():
        sys.exit("Cleanit does not run here; start it with `make run`.")
    try:
        ahead = move(DEFAULT, seconds_of(arguments[0] if arguments else ""))
    except ValueError as wrong:
        sys.exit(str(wrong))
    if settings.razorpay_base_url.startswith("http://localhost"):
        _move_sandbox(settings, ahead)
    parts = Wiring(settings)
    for queue, job in _SWEEPS:
        parts.queue.enqueue(queue, job)
    sys.stdout.write(f"Cleanit's time is {parts.clock.now():%d %b %Y, %H:%M} UTC, {timedelta(seconds=ahead)} ahead.\n")


if __name__ == "__main__":
    main(sys.argv[1:])
