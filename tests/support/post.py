"""The worker that sends one-time codes, called by hand, and a pocket in which they can be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx
import requests

from cleanit_app.ports import CodeNotSent
from cleanit_app.services.auth import codes
from cleanit_app.wiring import Wiring
from tests.sandbox.running import until


@dataclass
class Pocket:
    """A message service that keeps what it was given, and refuses as often as it was told to."""

    came: list[dict[str, str]] = field(default_factory=list)
    refusing: int = 0

    def send(self, **letter: str) -> None:
        """Take one code."""
        if self.refusing:
            self.refusing -= 1
            raise CodeNotSent("no")
        self.came.append(letter)


@dataclass
class Post:
    """The worker that sends codes, called by hand."""

    wiring: Wiring
    pocket: Pocket

    def send(self) -> int:
        """Send what waits, as the sweep does; gives back how many wishes it tried."""
        with self.wiring.open_read() as uow:
            due = codes.codes_to_send(uow, limit=50)
        for code_id in due:
            codes.send_code(self.wiring.open_uow, self.pocket, self.wiring.keyed_hash, code_id=code_id)
        return len(due)

    def code(self) -> str:
        """The code that came last, sent just now."""
        self.send()
        return self.pocket.came[-1]["code"]

    def join(self, http: Any, wish: dict[str, Any]) -> httpx.Response:
        """Join over REST as a person does: ask, read the code, type it; the answer to the last."""
        asked = http("POST", "/api/auth/register", wish)
        assert asked.status_code == 201, asked.text
        typed = {"codeId": asked.json()["codeId"], "code": self.code()}
        answer: httpx.Response = http("POST", "/api/auth/register/confirm", typed)
        return answer


def code_that_came(sandbox_url: str, contact: str) -> str:
    """The newest code that went to a phone or mailbox, as the sandbox shows it; waits for the first."""

    def came() -> list[str]:
        shown = requests.get(f"{sandbox_url}/codes", headers={"Accept": "application/json"}, timeout=10).json()
        return [one["code"] for one in shown["items"] if one["to"] == contact]

    assert until(lambda: bool(came()), 30), f"no code came to {contact}"
    return came()[0]
