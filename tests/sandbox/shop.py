"""A merchant's page under a strict policy, as a browser meets it."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.sandbox.running import KEY_ID, Sandbox

_SCRIPT = """
const said = (name) => (detail) => {
  const item = document.createElement('li');
  item.textContent = JSON.stringify({name, detail: detail ?? null});
  document.getElementById('log').append(item);
};
document.getElementById('open').addEventListener('click', () => {
  const rzp = new Razorpay({...OPTIONS, handler: said('handler'), modal: {ondismiss: said('dismiss')}});
  rzp.on('payment.failed', said('failed'));
  window.rzp = rzp;
  rzp.open();
});
"""


@contextmanager
def shop(sandbox: Sandbox, **options: Any) -> Iterator[str]:
    """The address of a page with an `open` button and a `log` list; its policy allows the sandbox alone."""
    policy = (
        f"default-src 'self'; script-src 'self' {sandbox.url}; frame-src {sandbox.url}; "
        "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'"
    )
    page = (
        "<!doctype html><meta name=viewport content='width=device-width'><title>Shop</title>"
        "<button id=open>Give</button><ul id=log></ul>"
        f"<script src='{sandbox.url}/v1/checkout.js'></script><script src='/shop.js'></script>"
    )
    script = _SCRIPT.replace("OPTIONS", json.dumps({"key": KEY_ID, "currency": "INR", **options}))
    texts = {"/": ("text/html", page), "/shop.js": ("text/javascript", script)}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, text = texts.get(self.path.split("?")[0], ("text/plain", f"GET {self.path}"))
            self._say(kind, text)

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say("text/plain", f"POST {self.path} {raw}")

        def _say(self, kind: str, text: str) -> None:
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Stay silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
