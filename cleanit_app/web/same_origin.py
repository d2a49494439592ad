"""Makes the built frontend talk to whoever served it, so that one build works on every host and port."""

from __future__ import annotations

import reflex as rx

_BAKED_IN = "const endpoint = new URL(url_str);"
_WHOEVER_SERVED_THE_PAGE = """const endpoint = new URL(url_str);
  if (typeof window !== "undefined") {
    endpoint.protocol = window.location.protocol;
    endpoint.host = window.location.host;
    if (!window.location.port) endpoint.port = "";
    return endpoint;
  }"""


def talk_to_page_origin(source: str) -> str:
    """Reflex's `state.js`, with its backend address replaced by the page's own origin.

    Raises RuntimeError when the place to change is not there once, as after an upgrade of Reflex.
    """
    if _WHOEVER_SERVED_THE_PAGE in source:
        return source
    if source.count(_BAKED_IN) != 1:
        raise RuntimeError("Reflex's state.js has changed: look again at how it finds the backend")
    return source.replace(_BAKED_IN, _WHOEVER_SERVED_THE_PAGE)


class SameOriginPlugin(rx.plugins.Plugin):
    """Changes `state.js` before the frontend is built."""

    def pre_compile(self, **context) -> None:  # type: ignore[no-untyped-def]  # as in the base class
        """Ask Reflex to change the file while it compiles."""
        context["add_modify_task"]("utils/state.js", talk_to_page_origin)
