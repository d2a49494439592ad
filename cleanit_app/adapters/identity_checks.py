"""Asks a service that knows the registers of IDs, over HTTPS; or nobody, where none is set (LAW-08)."""

from __future__ import annotations

from typing import Any

import httpx

from cleanit_app.adapters.request_ids import request_headers
from cleanit_app.ports import IdentityAnswer, IdentityCheckerAway

_SECONDS = httpx.Timeout(15.0, connect=5.0)


class HttpIdentityChecker:
    """An IdentityChecker at `POST <url>/identity/checks`; the reference makes a repeated question the same one."""

    is_there = True

    def __init__(self, *, url: str, key: str) -> None:
        self._url = f"{url}/identity/checks"
        self._headers = {"Authorization": f"Bearer {key}"}
        self._here = url.startswith("http://")  # on this machine: no proxy stands between

    def check(self, *, kind: str, number: str, name: str, reference: str) -> IdentityAnswer:
        """What the issuer says of a number."""
        asked = {"kind": kind, "number": number, "name": name, "reference": reference}
        try:
            with httpx.Client(timeout=_SECONDS, trust_env=not self._here, follow_redirects=False) as client:
                answer = client.post(self._url, json=asked, headers=self._headers | request_headers())
            if answer.status_code != 200:
                raise IdentityCheckerAway(f"HTTP {answer.status_code}")
            return _read(answer.json())
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as silence:
            raise IdentityCheckerAway(type(silence).__name__) from silence


def _read(body: Any) -> IdentityAnswer:
    status = body["status"]
    if status not in ("found", "not_found"):
        raise ValueError("an answer of another shape")
    name = body.get("registered_name")
    return IdentityAnswer(status == "found", str(name) if name else None, str(body["id"]))


class NobodyToAsk:
    """An IdentityChecker where no service is set: people alone look at IDs."""

    is_there = False

    def check(self, *, kind: str, number: str, name: str, reference: str) -> IdentityAnswer:
        """Nobody answers."""
        raise IdentityCheckerAway("no service is set")
