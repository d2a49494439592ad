"""The Content-Security-Policy: what a page may load, run and talk to."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from cleanit_app.settings import RAZORPAY_BASE_URL, Settings

_RAZORPAY = "https://*.razorpay.com"


class _InlineScripts(HTMLParser):
    """Collects the text of every script element that has no address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "src" not in dict(attrs)
        if self._inside:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


def script_hashes(html: str) -> list[str]:
    """The `'sha256-…'` sources that allow exactly the inline scripts of this document."""
    parser = _InlineScripts()
    parser.feed(html)
    digests = {hashlib.sha256(text.encode()).digest() for text in parser.texts if text}
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def hashes_of_site(site: Path) -> dict[str, list[str]]:
    """For each built document, by its path below `site`, the hashes of its inline scripts."""
    return {
        "/" + path.relative_to(site).as_posix(): script_hashes(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def origin_of(url: str) -> str:
    """Scheme, host and port of an address; a `{s}` for sub-domains becomes `*`."""
    parts = urlsplit(url.replace("{s}.", "*."))
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def payment_origins(settings: Settings) -> list[str]:
    """Where the payment page comes from: Razorpay, or the sandbox that stands in for it."""
    if settings.razorpay_base_url == RAZORPAY_BASE_URL:
        return [_RAZORPAY]
    addresses = (settings.razorpay_checkout_script_url, settings.razorpay_base_url)
    return list(dict.fromkeys(filter(None, map(origin_of, addresses))))


def socket_origins(settings: Settings) -> list[str]:
    """The websocket addresses of our own origins; older Safari does not count them as 'self'.

    A policy has no words for IPv6 addresses: there 'self' alone must do.
    """
    ours = (origin for origin in settings.allowed_origins if origin.startswith("http") and "[" not in origin)
    return [origin.replace("http", "ws", 1) for origin in ours]


def policy(settings: Settings, scripts: list[str]) -> str:
    """The header's value for a document that has inline scripts with these hashes."""
    pay = payment_origins(settings)
    tiles = [origin_of(settings.map_tile_url)] if settings.map_tile_url else []
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *scripts, *pay],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:", *pay, *tiles],
        "font-src": ["'self'"],
        "connect-src": ["'self'", *socket_origins(settings), *pay],
        "frame-src": pay,
        "media-src": ["'self'", "blob:"],
        "worker-src": ["'self'"],
        "form-action": ["'self'", *pay],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    text = "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())
    return f"{text}; upgrade-insecure-requests" if settings.public_url.startswith("https://") else text
