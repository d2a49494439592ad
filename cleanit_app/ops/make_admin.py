"""`make admin who=… duties=…`: makes an account that is there already an admin's; the first one is made like this."""

from __future__ import annotations

import sys

from cleanit_app.domain.actors import SYSTEM, AdminDuty
from cleanit_app.domain.errors import InvalidFields
from cleanit_app.i18n import say_in
from cleanit_app.services.people.admins import appoint_admin
from cleanit_app.wiring import Wiring, wiring

USAGE = f"""Say whose account and which duties: make admin who=asha@example.in duties=SENIOR
The person joins on the site first, with the code that comes.
Duties, several with commas: {", ".join(duty.value for duty in AdminDuty)}.
"""


def make_admin(parts: Wiring, who: str, duties: list[str]) -> str:
    """Appoint on these parts' database; what to say about it. InvalidFields as `appoint_admin` raises it."""
    with parts.open_uow() as uow:
        user = appoint_admin(uow, actor=SYSTEM, contact=who, duties=duties)
        return f"{user.name} is an admin now: {', '.join(user.duties)}. The next sign-in leads to /admin."


def main() -> int:
    """Read whom and what from the command line."""
    if len(sys.argv) != 3 or not all(sys.argv[1:]):
        sys.stderr.write(USAGE)
        return 1
    who, duties = sys.argv[1], [duty for duty in sys.argv[2].upper().replace(" ", "").split(",") if duty]
    try:
        sys.stdout.write(f"{make_admin(wiring(), who, duties)}\n")
    except InvalidFields as refusal:
        for problem in refusal.fields.values():
            sys.stderr.write(f"{say_in('en', f'field.{problem.key}', **problem.values)}\n")
        sys.stderr.write(USAGE)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
