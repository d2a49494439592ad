"""What PostgreSQL may write into its own log: what concerns the server, and no value that somebody typed (MON-06).

Our statements carry their values, so no statement may stand there, slow or failed; which ones were slow our own lines
say, without values (`adapters/slow_statements.py`). What a statement was refused for is told to whoever asked.
"""

from __future__ import annotations

from sqlalchemy import text

from cleanit_app.services.unit_of_work import UnitOfWork

DISCREET = {
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_lock_waits": "off",
    "log_replication_commands": "off",
}
"""Settings of a server whose log holds no values; production is asked for the same."""

_MUST = {name: DISCREET[name] for name in DISCREET if name not in ("log_lock_waits", "log_replication_commands")}
_MESSAGES = ("log", "fatal", "panic")


def telling_settings(uow: UnitOfWork) -> list[str]:
    """The settings with which this database writes values into its log, as `name = value`; none when all is well."""
    rows = uow.run(text("SELECT name, setting FROM pg_settings WHERE name = ANY(:names)"), {"names": list(_MUST)})
    return sorted(f"{name} = {setting}" for name, setting in rows if not _fits(name, setting))


def _fits(name: str, setting: str) -> bool:
    return setting in _MESSAGES if name == "log_min_messages" else setting == _MUST[name]
