"""Builds the production frontend, once per content."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleanit_app.local.places import DEFAULT, PROJECT, Places

_WORKSHOP = DEFAULT.root / "web"
"""Where Reflex and Vite work; shared by runs and tests, one builder at a time."""

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
    ".jpg",
    ".txt",
    ".webmanifest",
}
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
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(f"{path.relative_to(PROJECT)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
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
        _export()
        _tidy_pins()
        _keep(site)
        return site, True


@contextmanager
def _one_builder() -> Iterator[None]:
    DEFAULT.root.mkdir(parents=True, exist_ok=True)
    with (DEFAULT.root / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _export() -> None:
    DEFAULT.logs.mkdir(parents=True, exist_ok=True)
    log = DEFAULT.logs / "frontend.log"
    # The shell puts this Python's folder, with its node and npm, in front of the caller's PATH.
    put_first = [
        "sh",
        "-c",
        'PATH="$1:$PATH"; export PATH; shift; exec "$@"',
        "sh",
        str(Path(sys.executable).parent),
    ]
    settings = [
        "env",
        "REFLEX_USE_NPM=1",
        "REFLEX_TELEMETRY_ENABLED=false",
        "REFLEX_CHECK_LATEST_VERSION=false",
        f"REFLEX_WEB_WORKDIR={_WORKSHOP}",
    ]
    export = ["python", "-m", "reflex", "export", "--frontend-only", "--no-zip", "--env", "prod"]
    with log.open("wb") as output:
        done = subprocess.run(
            [*put_first, *settings, *export],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    if done.returncode != 0 or not is_built(_WORKSHOP):
        end = "\n".join(log.read_text(errors="replace").splitlines()[-25:])
        raise BuildFailed(f"The frontend could not be built. The end of {log}:\n{end}")


def _tidy_pins() -> None:
    """npm and Reflex write the same pins in different orders; one order keeps the working copy clean."""
    pins = PROJECT / "reflex.lock" / "package.json"
    tidy = json.dumps(json.loads(pins.read_text(encoding="utf-8")), indent=2, sort_keys=True) + "\n"
    pins.write_text(tidy, encoding="utf-8")


def _keep(site: Path) -> None:
    """Copy the build to its place in one step, and drop the oldest ones."""
    fresh = site.with_name(f"{site.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(_WORKSHOP / "build" / "client", fresh / "build" / "client")
    if (_WORKSHOP / "backend").exists():
        shutil.copytree(_WORKSHOP / "backend", fresh / "backend")
    fresh.rename(site)
    builds = sorted(site.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in builds[_KEEP_BUILDS:]:
        shutil.rmtree(old, ignore_errors=True)


def main() -> int:
    """Build if need be; print `built` or `unchanged`, the seconds and the folder, or what went wrong."""
    started = time.monotonic()
    try:
        site, built = ensure_site()
    except BuildFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    seconds = time.monotonic() - started
    sys.stdout.write(f"{'built' if built else 'unchanged'} {seconds:.1f} {site}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
