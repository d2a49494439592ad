"""Builds the production frontend, once per content, and lays it out in every language."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from cleanit_app.local.npm import settings, tidy, tools
from cleanit_app.local.site_languages import lay_out
from cleanit_app.paths import DEFAULT, PROJECT, Places

_WORKSHOP = DEFAULT.workshop
"""Where Reflex and Vite work; shared by runs and tests, one builder at a time."""

_WEB, _SOURCE, _TOOLS = _WORKSHOP / "build", _WORKSHOP / "source", _WORKSHOP / "tools"
_READ = ("rxconfig.py", "cleanit_app", "assets")
_PINS = "reflex.lock"
_PIN_FILES = ("package.json", "package-lock.json")

_NOT_SEEN_BY_PAGES = {"sandbox", "local", "adapters", "api", "web", "__pycache__"}
_KINDS = {
    ".py",
    ".js",
    ".jsx",
    ".css",
    ".json",
    ".svg",
    ".woff2",
    ".png",
    ".webp",
    ".webm",
    ".vtt",
    ".jpg",
    ".txt",
    ".webmanifest",
    ".pot",
    ".po",
}
_SENTENCES = {".po", ".pot"}
_PACKED = ("brotli", "gzip")
_COMPILED = _WORKSHOP / "compiled-from"
"""Names the inputs of the build in the workshop."""

_KEEP_BUILDS = 3


class BuildFailed(RuntimeError):
    """The frontend could not be built; the message holds the end of the log."""


def inputs() -> Iterator[Path]:
    """Every file that may change what a browser gets."""
    for name in ("rxconfig.py", "requirements.lock", "reflex.lock/package-lock.json"):
        yield PROJECT / name
    yield PROJECT / "cleanit_app" / "web" / "same_origin.py"
    for folder in (PROJECT / "assets", PROJECT / "cleanit_app"):
        yield from (path for path in sorted(folder.rglob("*")) if _is_input(path, folder))


def _is_input(path: Path, folder: Path) -> bool:
    inside = path.relative_to(folder).parts
    copied_by_reflex = inside[0] == "external"
    return path.suffix in _KINDS and _NOT_SEEN_BY_PAGES.isdisjoint(inside) and not copied_by_reflex


def content_hash() -> str:
    """A short hash over the inputs' names and contents."""
    return _hash_of(inputs())


def _compiled_hash() -> str:
    """The same without the sentences, which are put in after the build; which languages there are belongs to it."""
    return _hash_of(inputs(), unread=_SENTENCES)


def _hash_of(paths: Iterable[Path], unread: Collection[str] = ()) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = b"" if path.suffix in unread else path.read_bytes()
        digest.update(f"{path.relative_to(PROJECT)}\0{hashlib.sha256(content).hexdigest()}\0".encode())
    return digest.hexdigest()[:16]


def site_folder(places: Places = DEFAULT) -> Path:
    """Where the build of the present inputs lies, or will."""
    return places.sites / content_hash()


def is_built(site: Path) -> bool:
    """Whether that build is complete."""
    return (site / "build" / "client" / "__spa-fallback.html").exists()


def ensure_site() -> tuple[Path, bool]:
    """The folder of the present frontend, and whether it had to be built. Raises BuildFailed."""
    site = site_folder()
    if is_built(site):
        return site, False
    with _one_builder():
        site = site_folder()
        if is_built(site):
            return site, False
        if not _is_compiled():
            _export()
        _keep(site)
        return site, True


def pin() -> None:
    """Build, and take over the pins that npm chose into `reflex.lock/`. Raises BuildFailed."""
    with _one_builder():
        _export()
        for name in _PIN_FILES:
            (PROJECT / _PINS / name).write_text(_chosen(name), encoding="utf-8")


def pins_hold() -> bool:
    """Whether the last build used exactly the pins of `reflex.lock/`."""
    return all((PROJECT / _PINS / name).read_text(encoding="utf-8") == _chosen(name) for name in _PIN_FILES)


def _chosen(name: str) -> str:
    return tidy(name, (_SOURCE / _PINS / name).read_text(encoding="utf-8"))


@contextmanager
def _one_builder() -> Iterator[None]:
    DEFAULT.root.mkdir(parents=True, exist_ok=True)
    with (DEFAULT.root / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_compiled() -> bool:
    """Whether the workshop holds a build that differs from the present inputs by sentences at most."""
    return is_built(_WEB) and _COMPILED.exists() and _COMPILED.read_text(encoding="utf-8") == _compiled_hash()


def _export() -> None:
    DEFAULT.prepare()
    _COMPILED.unlink(missing_ok=True)
    compiled = _compiled_hash()
    _lay_out_source()
    log = DEFAULT.logs / "frontend.log"
    environment = {
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_WEB_WORKDIR": str(_WEB),
        "REFLEX_DIR": str(_WORKSHOP / "reflex"),
        **settings(cache=_WORKSHOP / "npm"),
    }
    export = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip", "--env", "prod"]
    with log.open("wb") as output:
        done = subprocess.run(
            [*_node_first(), "env", *_pairs(environment), *export],
            cwd=_SOURCE,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    if done.returncode != 0 or not is_built(_WEB):
        end = "\n".join(log.read_text(errors="replace").splitlines()[-25:])
        raise BuildFailed(f"The frontend could not be built. The end of {log}:\n{end}")
    _COMPILED.write_text(compiled, encoding="utf-8")


def _node_first() -> list[str]:
    """Runs what follows with Node and npm, and this Python's folder, in front of the caller's PATH."""
    put_first = 'PATH="$1:$2:$PATH"; export PATH; shift 2; exec "$@"'
    return ["sh", "-c", put_first, "sh", str(tools(_TOOLS)), str(Path(sys.executable).parent)]


def _pairs(environment: Mapping[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in environment.items()]


def _lay_out_source() -> None:
    """What Reflex reads, beside a copy of the pins: it and npm write into theirs, and the working copy stays clean."""
    if (_WORKSHOP / "node_modules").exists():  # as it lay until builds had a source of their own
        shutil.rmtree(_WORKSHOP)
    pins = _SOURCE / _PINS
    pins.mkdir(parents=True, exist_ok=True)
    for name in _PIN_FILES:
        shutil.copyfile(PROJECT / _PINS / name, pins / name)
    for name in _READ:
        link = _SOURCE / name
        if not link.is_symlink() or link.readlink() != PROJECT / name:
            link.unlink(missing_ok=True)
            link.symlink_to(PROJECT / name)


def _keep(site: Path) -> None:
    """Copy the build to its place in one step, and drop the oldest ones."""
    fresh = site.with_name(f"{site.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    client = fresh / "build" / "client"
    shutil.copytree(_WEB / "build" / "client", client, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    lay_out(client)
    _compress(client)
    if (_WEB / "backend").exists():
        shutil.copytree(_WEB / "backend", fresh / "backend")
    fresh.rename(site)
    builds = sorted(site.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in builds[_KEEP_BUILDS:]:
        shutil.rmtree(old, ignore_errors=True)


def _compress(client: Path) -> None:
    """Lay a packed copy beside each file, as Reflex does after its own build."""
    command = [*_node_first(), "node", str(_WEB / "compress-static.js"), str(client), *_PACKED]
    done = subprocess.run(command, cwd=_WEB, capture_output=True, text=True)
    if done.returncode != 0:
        raise BuildFailed(f"The built files could not be packed:\n{done.stderr[-2000:]}")


def main(arguments: Sequence[str]) -> int:
    """Build if need be; print how that went, the seconds and the folder, or what went wrong. `pin` takes over pins.

    It went `unchanged`, `built`, or `repinned`: built with other packages than `reflex.lock/` names.
    """
    started = time.monotonic()
    try:
        if arguments:
            pin()
            return 0
        site, built = ensure_site()
    except BuildFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    seconds = time.monotonic() - started
    went = "unchanged" if not built else "built" if pins_hold() else "repinned"
    sys.stdout.write(f"{went} {seconds:.1f} {site}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
