"""Every answer of the built site carries its headers, and no page does what its own policy forbids (T38)."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser
from sqlalchemy import Connection, text

from cleanit_app.api.app import create_api
from cleanit_app.pages import PAGES
from cleanit_app.services.demo.places import ADMIN, CITIZEN, CLEANER
from cleanit_app.wiring import Wiring
from tests.support.live import Live
from tests.support.wire import PLACES, place, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.row("SEC-04"), pytest.mark.xdist_group("chromium")]
WANTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(self), geolocation=(self), microphone=()",
    "cross-origin-opener-policy": "same-origin-allow-popups",
}
OTHERS = [
    ("GET", "/nowhere"), ("GET", "/nowhere/at/all.php"), ("GET", "/private/x"), ("GET", "/health"), ("GET", "/ping"),
    ("GET", "/files/nothing.webp"), ("POST", "/api/webhooks/razorpay/payment"), ("POST", "/session/login"),
    ("POST", "/session/logout"), ("GET", "/api/nothing"), ("GET", "/openapi.json"), ("GET", "/og.png"),
    ("GET", "/favicon.ico"), ("GET", "/robots.txt"), ("OPTIONS", "/api/campaigns"), ("DELETE", "/"), ("GET", "/_event"),
    ("GET", "/%00"), ("GET", "/..%2f..%2fetc/passwd"),
]  # fmt: skip
LISTEN = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error("CSP " + event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile))"""


@pytest.fixture
def demo(live: Live) -> Live:
    """The running Cleanit with people and money."""
    live.seed()
    return live


def addresses(live: Live) -> Iterator[str]:
    """Every page by its address, with ids of what there is."""
    with live.engine.connect() as connection:
        ids = {table: _some_id(connection, table) for table in PLACES.values()}
    for module in PAGES:
        yield "/" + re.sub(r"\[(\w+)\]", lambda part: place(part[1], ids), module.ROUTE).lstrip("/")


def _some_id(connection: Connection, table: str) -> list[str]:
    key = "user_id" if table == "cleaners" else "id"
    return [str(found) for found in connection.execute(text(f"SELECT {key} FROM {table} LIMIT 1")).scalars()]


def routes_of_api(live: Live) -> list[tuple[str, str]]:
    """Every route of the API as nobody would call it."""
    paths = create_api(Wiring(live.settings)).openapi()["paths"]
    return [(m.upper(), re.sub(r"\{\w+\}", "0", path)) for path, methods in paths.items() for m in methods]


def test_every_answer_carries_its_headers_and_names_its_own_scripts(demo: Live) -> None:
    wrong, documents = [], 0
    with httpx.Client(base_url=demo.base_url, timeout=60, trust_env=False, follow_redirects=False) as door:
        pages = [("GET", address) for address in addresses(demo)]
        files = [("GET", found) for found in re.findall(r'"(/files/[^"]+\.webp)"', door.get("/api/campaigns").text)[:2]]
        assert files
        asked = [*pages, *files, *OTHERS, *routes_of_api(demo)]
        for method, address in asked:
            answer = door.request(method, address)
            said = answer.headers
            wrong += [f"{method} {address}: {name}" for name, value in WANTED.items() if said.get(name) != value]
            wrong += [f"{method} {address}: {name}" for name in ("cache-control", "x-request-id") if name not in said]
            scripts = _rule(said.get("content-security-policy", ""), "script-src", "default-src")
            if "'unsafe-inline'" in scripts or "'unsafe-eval'" in scripts or not scripts:
                wrong.append(f"{method} {address}: {scripts}")
            if "text/html" in said.get("content-type", "") and method == "GET" and "<script" in answer.text:
                documents += 1
                wrong += [f"{address}: {one} is not allowed" for one in _hashes(answer.text) if one not in scripts]
    print(f"\n{len(asked)} addresses, {documents} documents with scripts")
    assert wrong == []
    assert documents >= len(pages)


def _rule(policy: str, *names: str) -> list[str]:
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    return next((rules[name].split() for name in names if name in rules), [])


def _hashes(html: str) -> list[str]:
    """The hash of each inline script as a browser takes it."""
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", html, re.S)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in inline if one]


def test_a_walk_over_some_pages_breaks_no_policy(demo: Live, browser: Browser) -> None:
    assert walk(demo, browser, few=4) == []


@pytest.mark.proof
def test_a_walk_over_every_page_as_everybody_breaks_no_policy(demo: Live, browser: Browser) -> None:
    assert walk(demo, browser, few=None) == []


def walk(demo: Live, browser: Browser, few: int | None) -> list[str]:
    """What browsers complained of on all pages, as nobody, a citizen, a cleaner and an admin."""
    every, broken, seen, chance = list(addresses(demo)), [], 0, random.Random(38)
    for who in ("", CITIZEN, CLEANER, ADMIN):
        context = browser.new_context(base_url=demo.base_url, locale="en-IN", viewport={"width": 360, "height": 780})
        context.add_init_script(LISTEN)
        if who:
            secret = sign_in(demo, who, proved=True).removeprefix("sid=")
            context.add_cookies([{"name": "sid", "value": secret, "url": demo.base_url, "httpOnly": True}])
        page = context.new_page()
        page.on("console", lambda line: broken.append(line.text) if line.text.startswith("CSP ") else None)
        for address in every if few is None else chance.sample(every, few):
            page.goto(address)
            page.wait_for_load_state("networkidle" if few is None else "load")
            page.wait_for_timeout(300)
            seen += 1
        context.close()
    print(f"\n{seen} pages walked, {len(broken)} violations")
    return broken
