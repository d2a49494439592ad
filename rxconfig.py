"""Reflex's settings, taken from ours."""

import reflex as rx

from cleanit_app.settings import get_settings
from cleanit_app.theme import TAILWIND_CONFIG
from cleanit_app.web.light_jsx import LightJsxPlugin
from cleanit_app.web.same_origin import SameOriginPlugin

_settings = get_settings()
_A_DAY = 86_400

config = rx.Config(
    app_name="cleanit_app",
    api_url="http://localhost:8000",  # only its path counts: see SameOriginPlugin
    redis_url=_settings.redis_state_url,
    redis_token_expiration=_A_DAY,
    cors_allowed_origins=_settings.allowed_origins,
    trusted_proxy_hops=0,  # the request log has put the caller's address in place (see `web.request_log`)
    telemetry_enabled=False,
    show_built_with_reflex=False,
    default_color_mode="light",
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[rx.plugins.TailwindV4Plugin(TAILWIND_CONFIG), SameOriginPlugin(), LightJsxPlugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
