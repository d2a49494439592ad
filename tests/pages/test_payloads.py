"""What a handler does not take never reaches it; what pages send does (SEC-04)."""

from __future__ import annotations

from typing import Any

import pytest

from cleanit_app.state.payloads import fits
from tests.support.wire import FRAMEWORK, KNOWN

pytestmark = pytest.mark.row("SEC-04")


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("Check.tick", {"point": "gps_matches", "on": True}),
        ("Fund.typed", {"paise": 50_000}),
        ("Jobs.located_at", {"latitude": 26.8, "longitude": 81, "accuracy_m": 12}),
        ("Payouts.hold", {"form": {"reason": "wrong account"}}),
        ("Payouts.hold", {"form": {"__reflex_form_data__": [["reason", "wrong account"]]}}),
        ("Campaigns.show_map", {"campaign_id": "a whole smile: 😀, हिन्दी"}),
        ("Who.arrive", {}),
    ],
)
def test_what_pages_send_goes_on(name: str, payload: dict[str, Any]) -> None:
    assert fits(KNOWN[name][0], payload)


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("Check.tick", {"point": "gps_matches", "on": "yes"}),
        ("Check.tick", {"point": {"a": 1}, "on": True}),
        ("Check.tick", {"point": "gps_matches"}),
        ("Fund.typed", {"paise": float("nan")}),
        ("Fund.typed", {"paise": 1 << 70}),
        ("Fund.typed", {"paise": True}),
        ("Payouts.hold", {"form": "text"}),
        ("Payouts.hold", {"form": {"__reflex_form_data__": [["reason"], 4]}}),
        ("Campaigns.show_map", {"campaign_id": "half a smile: \ud83e"}),
        ("Payouts.hold", {"form": {"reason": "\udc00"}}),
        ("Payouts.hold", {"form": {"__reflex_form_data__": [["reason", "\ud83e"]]}}),
        ("Who.arrive", {"self": 1}),
        ("Who.arrive", [1]),
    ],
)
def test_what_does_not_fit_goes_nowhere(name: str, payload: Any) -> None:
    assert not fits(KNOWN[name][0], payload)


def test_no_browser_sets_a_var_by_its_name() -> None:
    setters = [wire for wire in FRAMEWORK if wire.endswith(".setvar")]
    assert len(setters) > 40
    assert [wire for wire in setters if fits(wire, {"var_name": "user_id", "value": "x"})] == []
    assert not fits("reflex___state____state.nothing_of_ours", {})


def test_no_browser_brings_stored_vars() -> None:
    names = [wire for wire in FRAMEWORK if wire.endswith((".update_vars_internal", ".hydrate_and_load"))]
    assert len(names) == 2
    for wire in names:
        assert fits(wire, {"vars": {}})
        assert not fits(wire, {"vars": {"": 1}})
        assert not fits(wire, {"vars": {"no_such_state.x": "y"}})
