"""The message service that sends nothing: our adapter hands codes over, its page shows them, trouble is CodeNotSent."""

from __future__ import annotations

import httpx
import pytest

from cleanit_app.adapters.code_service import CodeService
from cleanit_app.ports import CodeNotSent
from tests.sandbox.running import KEY_SECRET, Sandbox, free_port

LETTER = {"destination": "+919000000001", "code": "012345", "purpose": "RESET_PASSWORD", "language": "hi"}


@pytest.mark.row("SEC-01")
def test_a_code_arrives_and_is_shown(sandbox: Sandbox) -> None:
    CodeService(f"{sandbox.url}/codes", KEY_SECRET).send(**LETTER)
    came = httpx.get(f"{sandbox.url}/codes", headers={"Accept": "application/json"}).json()["items"]
    assert [(one["to"], one["code"], one["purpose"], one["language"]) for one in came] == [tuple(LETTER.values())]
    page = httpx.get(f"{sandbox.url}/codes")
    assert "012345" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.row("SEC-01")
@pytest.mark.parametrize("trouble", ["500", "429", "drop", "drop_after"])
def test_every_trouble_is_a_code_that_was_not_sent(sandbox: Sandbox, trouble: str) -> None:
    sandbox.control("faults", kind=trouble, path="codes")
    with pytest.raises(CodeNotSent):
        CodeService(f"{sandbox.url}/codes", KEY_SECRET).send(**LETTER)
    CodeService(f"{sandbox.url}/codes", KEY_SECRET).send(**LETTER)


@pytest.mark.parametrize("url", ["", f"http://127.0.0.1:{free_port()}/codes"], ids=["no address", "nobody there"])
def test_without_a_service_nothing_is_sent(url: str) -> None:
    with pytest.raises(CodeNotSent):
        CodeService(url, "key").send(**LETTER)


def test_a_wrong_key_or_half_a_letter_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(CodeNotSent, match="401"):
        CodeService(f"{sandbox.url}/codes", "wrong").send(**LETTER)
    with pytest.raises(CodeNotSent, match="422"):
        CodeService(f"{sandbox.url}/codes", KEY_SECRET).send(**LETTER | {"code": ""})
