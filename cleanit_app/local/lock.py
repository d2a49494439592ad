"""`make lock`: resolves the requirements into locks that hold on every platform Cleanit runs on, with hashes."""

from __future__ import annotations

import re
import subprocess
import sys

from cleanit_app.paths import PROJECT

_OLDEST = "3.11"
_NAME = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_SAID = "# Everything that {} brings along, each at one version, with the hashes of its files. Made by `make lock`.\n"


def _resolve(uv: str, wanted: str, lock: str, *options: str) -> None:
    """Versions that are locked already stay, unless what is wanted says otherwise."""
    command = [uv, "pip", "compile", wanted, "--output-file", lock, "--universal", "--python-version", _OLDEST]
    command += ["--generate-hashes", "--no-annotate", "--no-header", "--quiet", *options]
    command += ["--python", sys.executable, "--no-python-downloads"]
    subprocess.run(command, cwd=PROJECT, check=True)
    path = PROJECT / lock
    path.write_text(_SAID.format(wanted) + path.read_text(encoding="utf-8"), encoding="utf-8")


def main(uv: str) -> None:
    """Lock what runs; then what tests need beside it, at the versions that run."""
    _resolve(str(PROJECT / uv), "requirements.txt", "requirements.lock")
    running = _NAME.findall((PROJECT / "requirements.lock").read_text(encoding="utf-8"))
    beside = [word for name in running for word in ("--no-emit-package", name)]
    _resolve(str(PROJECT / uv), "requirements-dev.txt", "requirements-dev.lock", "-c", "requirements.lock", *beside)


if __name__ == "__main__":
    main(sys.argv[1])
