"""How values of the database become Python's: moments, days and fractions only within what the domain allows.

The driver reads 'infinity' as the year 9999 and stops a whole answer at the year 10000; here both are one
unreadable value (domain/unreadable.py).
"""

from __future__ import annotations

from typing import Any

from psycopg2.extensions import DATE, FLOAT, PYDATE, PYDATETIMETZ, new_type, register_type
from sqlalchemy import Engine, event

from cleanit_app.domain.bounds import FIRST_YEAR, YEAR_AFTER_LAST
from cleanit_app.domain.unreadable import UnreadableValue, met

_FIRST, _AFTER_LAST = str(FIRST_YEAR), str(YEAR_AFTER_LAST)
_MOMENT_OID, _DAY_OIDS, _FLOAT_OIDS = 1184, DATE.values, (700, 701)


def read_strictly(engine: Engine) -> None:
    """Let every connection of this engine read moments, days and fractions strictly."""
    event.listen(engine, "connect", _teach)


def _teach(connection: Any, _record: Any) -> None:
    for kind in (_MOMENT, _DAY, _FRACTION):
        register_type(kind, connection)


def _in_range(raw: str) -> bool:
    """Whether a date or moment as PostgreSQL writes it lies in the years we know; 'infinity' and BC do not."""
    return _FIRST <= raw < _AFTER_LAST and raw[4] == "-" and raw[-1] != "C"


def _moment(raw: str | None, cursor: Any) -> Any:
    if raw is None or _in_range(raw):
        return PYDATETIMETZ(raw, cursor)
    return met(raw)


def _day(raw: str | None, cursor: Any) -> Any:
    if raw is None or _in_range(raw):
        return PYDATE(raw, cursor)
    return met(raw)


def _fraction(raw: str | None, cursor: Any) -> float | UnreadableValue | None:
    """A finite number: NaN and infinity end in letters."""
    if raw is None or raw[-1].isdigit():
        return FLOAT(raw, cursor)  # type: ignore[no-any-return]  # psycopg2 has no types here
    return met(raw)


_MOMENT = new_type((_MOMENT_OID,), "STRICT_MOMENT", _moment)
_DAY = new_type(_DAY_OIDS, "STRICT_DAY", _day)
_FRACTION = new_type(_FLOAT_OIDS, "STRICT_FRACTION", _fraction)
