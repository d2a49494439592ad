"""The middlewares in their order, as Reflex takes them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from cleanit_app import routes
from cleanit_app.settings import Settings
from cleanit_app.web.asgi import ASGIApp
from cleanit_app.web.body_limit import BodyLimit
from cleanit_app.web.documents import Documents
from cleanit_app.web.frames import Hears
from cleanit_app.web.headers import SecurityHeaders
from cleanit_app.web.measured import Measured
from cleanit_app.web.origin_check import OriginCheck
from cleanit_app.web.own_address import OwnAddress
from cleanit_app.web.request_log import RequestLog
from cleanit_app.web.websocket_limits import WebsocketLimits, WhoIs


def gate(
    settings: Settings,
    site: Path,
    who_is: WhoIs,
    hears: Hears | None = None,
    words: Collection[str] = (),
    pages: Collection[str] = (),
    addresses: Collection[str] = (),
) -> list[Callable[[ASGIApp], ASGIApp]]:
    """Wrappers for the app, innermost first.

    `site` is the folder of the built frontend, `who_is` knows cookies, `hears` the handlers of pages, `words` the parts
    of addresses that a log may show, `pages` the addresses of pages and `addresses` those of everything else.
    """
    return [
        lambda app: Documents(app, site, pages, elsewhere=(routes.campaign("[campaign_id]"),)),
        lambda app: WebsocketLimits(app, who_is, settings.rate_limit_page_events, settings.rate_limit_tabs, hears),
        lambda app: BodyLimit(app, settings.max_upload_bytes),
        lambda app: OriginCheck(app, settings),
        lambda app: OwnAddress(app, settings),
        lambda app: SecurityHeaders(app, settings, site),
        lambda app: Measured(app, (*addresses, *pages)),
        lambda app: RequestLog(app, settings.trusted_proxy_hops, settings.trusted_proxies, frozenset(words)),
    ]
