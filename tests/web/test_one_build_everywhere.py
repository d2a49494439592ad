"""The built frontend finds its server on whatever host and port served it, under the strict policy."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.live import Live

pytestmark = pytest.mark.browser


def _event_socket_works(page: Page, address: str) -> None:
    complaints: list[str] = []
    sockets: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(address)
    expect(page.locator("html")).to_be_visible()
    page.wait_for_timeout(1000)
    assert [url.split("?")[0] for url in sockets] == [address.replace("http", "ws") + "/_event/"]
    assert complaints == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_page_talks_to_the_host_that_served_it(browser: Browser, live: Live, host: str) -> None:
    context = browser.new_context()
    _event_socket_works(context.new_page(), live.base_url.replace("localhost", host))
    context.close()
