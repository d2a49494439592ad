"""Requests are counted under addresses that we wrote down, whatever somebody asks for."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest
from prometheus_client import generate_latest
from starlette.types import Message

from cleanit_app import telemetry
from cleanit_app.web.asgi import Receive, Scope, Send
from cleanit_app.web.measured import OTHER, Measured, Templates

WRITTEN = ["/", "/campaigns", "/campaigns/[campaign_id]", "/api/jobs/mine", "/api/jobs/{job_id}", "/help/[slug]"]


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/", "/"),
        ("/campaigns/", "/campaigns"),
        ("/campaigns/0190d5a2", "/campaigns/[campaign_id]"),
        ("/api/jobs/mine", "/api/jobs/mine"),
        ("/api/jobs/mine2", "/api/jobs/{job_id}"),
        ("/help/campaigns", "/help/[slug]"),
        ("/assets/index-4.js", "/assets/…"),
        ("/api/jobs", OTHER),
        ("/campaigns/a/b", OTHER),
        ("//campaigns", OTHER),
        ("/\0", OTHER),
        ("", "/"),
    ],
)
def test_a_path_is_counted_as_it_was_written_down(path: str, template: str) -> None:
    assert Templates(WRITTEN).of(path) == template


@pytest.mark.row("MON-01")
def test_nobody_multiplies_the_figures() -> None:
    dice = random.Random(7)
    parts = ["", "api", "jobs", "mine", "campaigns", "help", "{}", "\0", "x", "…", "é"]
    found = {Templates(WRITTEN).of("/" + "/".join(dice.choices(parts, k=dice.randrange(9)))) for _ in range(5_000)}
    assert found <= {*WRITTEN, OTHER}


@pytest.mark.row("MON-01")
def test_what_fails_before_it_answers_counts_as_a_failure() -> None:
    async def breaks(scope: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError("as if")

    async def refuses(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 409, "headers": []})

    async def ask(app: Any, method: str) -> None:
        async def nowhere(message: Message) -> None: ...

        scope = {"type": "http", "method": method, "path": "/campaigns"}
        await Measured(app, WRITTEN)(scope, nowhere, nowhere)

    with pytest.raises(RuntimeError):
        asyncio.run(ask(breaks, "DELETE"))
    asyncio.run(ask(refuses, "BREW"))
    said = generate_latest(telemetry.registry_of_machine("")).decode()
    assert 'cleanit_request_seconds_count{method="DELETE",route="/campaigns",status="5xx"} 1.0' in said
    assert 'cleanit_request_seconds_count{method="OTHER",route="/campaigns",status="4xx"} 1.0' in said
