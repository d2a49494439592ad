"""One command for each role, `cleanit ROLE …`: any part starts alone, with the environment's settings (SCL-01)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from cleanit_app.local import frontend
from cleanit_app.local.listening import listening
from cleanit_app.ops import programs
from cleanit_app.ops.programs import Program
from cleanit_app.process_heartbeats import QUEUES, RELAY, SCHEDULER
from cleanit_app.production import refuse_stand_ins
from cleanit_app.settings import Settings, read_settings, wrong_settings

USAGE = f"""cleanit ROLE …, each with the settings of the environment:

  web                  pages and API at HOST and PORT, in WEB_WORKERS processes
  worker QUEUE …       the jobs of these queues: {", ".join(QUEUES)}
  relay                turns what happened into news
  scheduler            puts the clock's jobs into their queues
  migrate              brings the database to the newest schema (or what follows, in Alembic's words)
  roles                makes the database's own roles, each with what its work needs
  backup               writes an encrypted backup; `backup restore-test` tries the newest one
  admin WHO DUTIES     makes an account an admin's: admin asha@example.in SENIOR
  rotate-keys          locks anew what lies under an older key
  build                builds the pages, and prints the folder for SITE_DIR
"""


class Misused(Exception):
    """A role that there is not, or words that do not fit it."""


def _web(settings: Settings, words: Sequence[str]) -> Program:
    _none(words)
    refuse_stand_ins(settings)  # here, too: the server would start a process that refuses again and again
    where = listening(settings.host, _remark)
    return programs.web(where.host, settings.port, settings.web_workers, _site(settings))


def _remark(remark: str) -> None:
    sys.stderr.write(f"{remark}\n")


def _site(settings: Settings) -> Path:
    """The built pages: those that SITE_DIR names, else this checkout's own, built if need be."""
    if settings.site_dir is None:
        return frontend.ensure_site()[0]
    if not frontend.is_built(settings.site_dir):
        raise Misused(f"SITE_DIR: {settings.site_dir} holds no built pages; `cleanit build` makes them.")
    return settings.site_dir


def _worker(_settings: Settings, words: Sequence[str]) -> Sequence[Program]:
    if not words or not set(words) <= set(QUEUES):
        raise Misused(f"cleanit worker QUEUE …: name one or more of {', '.join(QUEUES)}.")
    return [programs.worker(queue) for queue in dict.fromkeys(words)]


def _clockwork(name: str) -> Callable[[Settings, Sequence[str]], Program]:
    def start(_settings: Settings, words: Sequence[str]) -> Program:
        _none(words)
        return programs.clockwork(name)

    return start


def _tool(module: str, *usual: str) -> Callable[[Settings, Sequence[str]], Program]:
    return lambda _settings, words: programs.tool(module, *(words or usual))


def _build(_settings: Settings, words: Sequence[str]) -> Program:
    _none(words)
    return programs.tool("cleanit_app.local.frontend")


def _none(words: Sequence[str]) -> None:
    if words:
        raise Misused(f"This role takes no further words: {' '.join(words)}")


ROLES: Mapping[str, Callable[[Settings, Sequence[str]], Program | Sequence[Program]]] = {
    "web": _web,
    "worker": _worker,
    "relay": _clockwork(RELAY),
    "scheduler": _clockwork(SCHEDULER),
    "migrate": _tool("cleanit_app.ops.migrate", "upgrade", "head"),
    "roles": _tool("cleanit_app.ops.database_roles"),
    "backup": _tool("cleanit_app.ops.backup", "backup"),
    "admin": _tool("cleanit_app.ops.make_admin"),
    "rotate-keys": _tool("workers.rotate_keys"),
    "build": _build,
}


def started(words: Sequence[str], settings: Settings) -> Sequence[Program]:
    """What these words start. Misused says what is wrong with them, NotForProduction what with the settings."""
    if not words or words[0] not in ROLES:
        raise Misused(USAGE)
    found = ROLES[words[0]](settings, words[1:])
    return [found] if isinstance(found, Program) else found


def main(words: Sequence[str]) -> int:
    """Become the program of a role, or watch over several."""
    try:
        found = started(words, read_settings())
    except ValidationError as wrong:
        sys.exit(wrong_settings(wrong))
    except (Misused, RuntimeError) as trouble:
        sys.exit(str(trouble))
    if len(found) > 1:
        return programs.together(found)
    found[0].become()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
