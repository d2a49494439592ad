"""What stands before every page and endpoint: headers, origins, sizes, addresses."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
import structlog
from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from cleanit_app.settings import Settings
from cleanit_app.web import request_log
from cleanit_app.web.content_policy import script_hashes
from cleanit_app.web.middleware import gate

ORIGIN = "https://cleanit.example"
COOKIE = {"cookie": "sid=1"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built frontend of two pages."""
    (tmp_path / "__spa-fallback.html").write_text("<script>shell()</script>")
    (tmp_path / "me.html").write_text("<script>me()</script><script src='/a.js'></script>")
    return tmp_path


async def _nobody(_cookie: str) -> str:
    return ""


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Says back what reached it."""
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    seen = {"path": scope["path"], "client": scope["client"][0], "scheme": scope["scheme"], "bytes": len(body)}
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(seen).encode()})


def client_for(site: Path, **changes: object) -> httpx.AsyncClient:
    """A caller of the echo behind the gate."""
    settings = Settings(public_url=ORIGIN, max_upload_bytes=2048, _env_file=None, **changes)
    app: ASGIApp = echo
    for wrap in gate(settings, site, _nobody):
        app = wrap(app)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN)


def sources(answer: httpx.Response, rule: str) -> list[str]:
    """What one rule of the answer's policy allows."""
    rules = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")[:-1])
    return rules[rule].split()


@pytest.mark.anyio
@pytest.mark.row("SEC-04")
@pytest.mark.parametrize("path", ["/", "/me", "/api/campaigns", "/assets/app-1a2b.js", "/nowhere"])
async def test_every_answer_carries_the_security_headers(site: Path, path: str) -> None:
    async with client_for(site) as client:
        answer = await client.get(path)
    scripts = sources(answer, "script-src")
    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert sources(answer, "frame-ancestors") == ["'none'"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["permissions-policy"].startswith("camera=(self), geolocation=(self)")
    assert answer.headers["cross-origin-opener-policy"] == "same-origin-allow-popups"
    assert "max-age=31536000" in answer.headers["strict-transport-security"]
    assert answer.headers["x-request-id"]


@pytest.mark.anyio
async def test_a_page_may_run_its_own_inline_scripts_and_no_other_pages(site: Path) -> None:
    me = script_hashes("<script>me()</script>")
    shell = script_hashes("<script>shell()</script>")
    async with client_for(site) as client:
        assert set(me + shell) <= set(sources(await client.get("/me"), "script-src"))
        assert not set(me) & set(sources(await client.get("/c/some-campaign"), "script-src"))


@pytest.mark.anyio
async def test_payment_and_map_hosts_come_from_the_settings(site: Path) -> None:
    sandbox = "http://localhost:8090"
    settings = {
        "razorpay_base_url": sandbox,
        "razorpay_checkout_script_url": f"{sandbox}/v1/checkout.js",
        "map_tile_url": "https://{s}.tiles.example/{z}/{x}/{y}.png",
    }
    async with client_for(site, **settings) as client:
        answer = await client.get("/")
    assert sandbox in sources(answer, "script-src")
    assert sources(answer, "frame-src") == [sandbox]
    assert "https://*.tiles.example" in sources(answer, "img-src")
    async with client_for(site) as client:
        assert sources(await client.get("/"), "frame-src") == ["https://*.razorpay.com"]


@pytest.mark.anyio
@pytest.mark.row("TST-05")
@pytest.mark.parametrize(
    ("headers", "path", "status"),
    [
        ({"origin": ORIGIN, **COOKIE}, "/api/campaigns", 200),
        ({"referer": f"{ORIGIN}/start", **COOKIE}, "/api/campaigns", 200),
        ({"origin": "https://evil.example", **COOKIE}, "/api/campaigns", 403),
        ({"origin": f"{ORIGIN}.evil.example", **COOKIE}, "/api/campaigns", 403),
        ({"origin": "null", **COOKIE}, "/api/campaigns", 403),
        (COOKIE, "/api/campaigns", 403),
        ({}, "/api/campaigns", 200),
        ({"origin": "https://evil.example"}, "/api/auth/login", 403),
        ({"origin": "https://evil.example", **COOKIE}, "/api/webhooks/razorpay/payment", 200),
    ],
)
async def test_changes_come_from_our_own_pages(site: Path, headers: dict[str, str], path: str, status: int) -> None:
    async with client_for(site) as client:
        answer = await client.post(path, headers=headers)
        assert answer.status_code == status
        assert (await client.get(path, headers=headers)).status_code == 200
    if status == 403:
        assert answer.json()["error"] == "FOREIGN_ORIGIN"


@pytest.mark.anyio
@pytest.mark.row("SEC-06")
async def test_a_body_above_the_limit_is_refused_announced_or_not(site: Path) -> None:
    large = b"x" * (2048 + 64 * 1024 + 1)

    async def in_pieces() -> object:
        for start in range(0, len(large), 5000):
            yield large[start : start + 5000]

    async with client_for(site) as client:
        assert (await client.post("/api/campaigns", content=large)).status_code == 413
        refused = await client.post("/api/campaigns", content=in_pieces())
        assert (refused.status_code, refused.json()["error"]) == (413, "TOO_LARGE")
        assert (await client.post("/api/campaigns", content=large[:2000])).json()["bytes"] == 2000


@pytest.mark.anyio
async def test_a_built_page_is_served_without_a_detour(site: Path) -> None:
    async with client_for(site) as client:
        assert (await client.get("/me")).json()["path"] == "/me.html"
        assert (await client.get("/api/me")).json()["path"] == "/api/me"


@pytest.mark.anyio
@pytest.mark.parametrize(("hops", "seen"), [(0, "127.0.0.1"), (1, "10.0.0.9"), (2, "203.0.113.7"), (4, "127.0.0.1")])
async def test_the_callers_address_comes_from_trusted_proxies_only(site: Path, hops: int, seen: str) -> None:
    forwarded = {"x-forwarded-for": "6.6.6.6, 203.0.113.7, 10.0.0.9"}
    async with client_for(site, trusted_proxy_hops=hops) as client:
        assert (await client.get("/", headers=forwarded)).json()["client"] == seen


@pytest.mark.anyio
async def test_hashed_files_are_kept_for_ever_and_pages_are_asked_for(site: Path) -> None:
    async with client_for(site) as client:
        assert "immutable" in (await client.get("/assets/app-1a2b.js")).headers["cache-control"]
        assert (await client.get("/me")).headers["cache-control"] == "no-cache"


@pytest.mark.anyio
@pytest.mark.row("MON-06")
async def test_the_log_line_has_the_answers_request_id_and_no_query(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A logger that another test has used keeps the way it wrote then.
    monkeypatch.setattr(request_log, "_log", structlog.get_logger("cleanit.request"))
    with capture_logs(processors=[merge_contextvars]) as lines:
        async with client_for(site) as client:
            answer = await client.get("/me?token=secret")
    assert [(line["request_id"], line["path"]) for line in lines] == [(answer.headers["x-request-id"], "/me")]
    assert "secret" not in str(lines)


@pytest.fixture
def anyio_backend() -> str:
    """These tests run on asyncio."""
    return "asyncio"
