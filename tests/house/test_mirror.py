"""Tests stand where one looks: `services/payouts/send.py` is proved in `tests/services/payouts/test_send.py`."""

from __future__ import annotations

from pathlib import Path

from tests.house.mirror import ELSEWHERE
from tests.house.source import PROJECT, modules

SERVICES = "cleanit_app.services."
MIRROR = PROJECT / "tests" / "services"


def own_test(module: str) -> Path:
    """Where the test of a service stands by its name."""
    *rooms, name = module.split(".")
    return MIRROR.joinpath(*rooms, f"test_{name}.py")


def services() -> set[str]:
    """Every module of the services that is no package."""
    files = (PROJECT / "cleanit_app" / "services").rglob("*.py")
    known = {path.relative_to(PROJECT) for path in files if path.name != "__init__.py"}
    names = {".".join(path.with_suffix("").parts) for path in known}
    assert names <= set(modules())
    return {name.removeprefix(SERVICES) for name in names}


def test_each_service_has_a_test_of_its_name_or_a_place_with_a_reason() -> None:
    without = {name for name in services() if not own_test(name).exists()}
    assert without == set(ELSEWHERE), "move or write the test, or say in tests/house/mirror.py where it is proved"


def test_what_is_proved_elsewhere_is_proved_there() -> None:
    assert [str(place) for place in ELSEWHERE.values() if not (PROJECT / place).exists()] == []


def test_a_test_in_the_mirror_has_its_room() -> None:
    """A folder of the mirror that no package of the services has would be a room that nobody finds."""
    rooms = {path.name for path in MIRROR.iterdir() if path.is_dir() and path.name != "__pycache__"}
    packages = {name.split(".")[0] for name in services() if "." in name}
    assert rooms <= packages
