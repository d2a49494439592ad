"""The REST app alone, for tests that need real sockets: `granian --factory tests.api.served:make`."""

from __future__ import annotations

from fastapi import FastAPI

from cleanit_app.api.app import create_api
from cleanit_app.settings import Settings
from cleanit_app.wiring import Wiring


def make() -> FastAPI:
    """The app on the parts that the environment names."""
    return create_api(Wiring(Settings()))
