"""The bounds of every column: one CHECK a table, `in_range`, made from the ranges of the domain.

One for all columns and not one for each: PostgreSQL reads the text of every CHECK anew with every statement, and
`least` and `greatest` pass over NULL by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, DateTime, Float, Integer, MetaData, String, Table
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel.sql.sqltypes import AutoString

from cleanit_app.domain import bounds

NAME = "in_range"
ANY_NUMBER = {("photos", "phash")}
"""Every number of 64 bits is a picture's hash."""
SIGNED = {("ledger_lines", "amount_paise"), ("board_figures", "value")} | {
    ("tds_deductions", f"{name}_paise") for name in ("gross_before", "untaxed_before", "owed_before", "base", "due")
}
"""Amounts that may be below zero: sides of a movement, sums of tax years in which pay came back, a day's revenue."""
LISTS = {("jobs", "flags")}
HELD_BY_CHECK = {("campaigns", "title"), ("campaigns", "address")}
"""Texts without a length of their type since words were once computed from them."""
"""JSON that is a list; all other JSON is an object."""
_LONG = "cancel_reason description hold_reason message note notes ours problem_note question reason request stack"
LONG_TEXTS = frozenset(
    f"{_LONG} rejection_notes suspension_reason theirs trouble unclaim_reason verification_notes why".split()
)
"""What people and machines write at length; every other text is a name, an id, a link or a word."""
_FRACTIONS = {
    "latitude": "-90 AND 90",
    "longitude": "-180 AND 180",
    "accuracy_m": "0 AND 100000",
    "brightness": "0 AND 255",
    "sharpness": "0 AND 100000",
}
_MOMENTS = f"'{bounds.FIRST_MOMENT:%Y-%m-%dT%H:%MZ}'", f"'{bounds.MOMENT_AFTER_LAST:%Y-%m-%dT%H:%MZ}'"
_DAYS = f"'{bounds.FIRST_DAY}'", f"'{bounds.DAY_AFTER_LAST}'"


def hold_all(metadata: MetaData) -> None:
    """Give every text its length and every table its CHECK; to be called once, when all tables are known."""
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, AutoString | String) and column.type.length is None:
                column.type = AutoString(length=length_of(table, column))
        if wanted := " AND ".join(conditions(table)):
            table.append_constraint(CheckConstraint(wanted, name=NAME))


def length_of(table: Table, column: Column[object]) -> int | None:
    """How many characters a text may have; None where a CHECK says so, for a column is computed from it."""
    if (table.name, column.name) in HELD_BY_CHECK:
        return None
    if any(column.name in str(c.computed.sqltext) for c in table.columns if c.computed is not None):
        return None
    return bounds.LONG if column.name in LONG_TEXTS else bounds.SHORT


def conditions(table: Table) -> Iterator[str]:
    """What must hold of a table's rows, kind after kind."""
    plain = [
        c for c in table.columns if c.computed is None and not c.foreign_keys and (table.name, c.name) not in ANY_NUMBER
    ]
    yield from _between(_of(plain, DateTime), *_MOMENTS)
    yield from _between(_of(plain, Date), *_DAYS)
    paise = [c.name for c in plain if isinstance(c.type, BigInteger) and c.name.endswith("_paise")]
    signed = [c.name for c in plain if (table.name, c.name) in SIGNED]
    natural = [c.name for c in plain if isinstance(c.type, Integer) and c.name not in signed]
    yield from _between(signed, str(-bounds.MOST_PAISE), str(bounds.MOST_PAISE + 1))
    yield from _between(natural, "0", str(bounds.MOST_PAISE + 1) if paise else None)
    for column in plain:
        yield from _alone(table, column)


def _alone(table: Table, column: Column[object]) -> Iterator[str]:
    """What must hold of one column alone."""
    name = column.name
    if isinstance(column.type, Float):
        yield f"{name} BETWEEN {_FRACTIONS[name]}"
    elif isinstance(column.type, JSONB):
        shape = "array" if (table.name, name) in LISTS else "object"
        yield f"jsonb_typeof({_quoted(name)}) = '{shape}'"
    elif isinstance(column.type, AutoString) and column.type.length is None:
        yield f"char_length({name}) <= {bounds.LONG}"


def _between(names: Sequence[str], first: str, after_last: str | None) -> Iterator[str]:
    if not names:
        return
    least, most = (
        (names[0], names[0]) if len(names) == 1 else (f"least({', '.join(names)})", f"greatest({', '.join(names)})")
    )
    yield f"{least} >= {first}"
    if after_last is not None:
        yield f"{most} < {after_last}"


def _of(columns: Sequence[Column[object]], kind: type) -> list[str]:
    return [column.name for column in columns if type(column.type) is kind]


def _quoted(name: str) -> str:
    return '"values"' if name == "values" else name
