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
        ("VerificationJobState.tick", {"point": "gps_matches", "on": True}),
        ("FundState.typed", {"paise": 50_000}),
        ("JobsState.located_at", {"latitude": 26.8, "longitude": 81, "accuracy_m": 12}),
        ("PayoutsState.hold", {"form": {"reason": "wrong account"}}),
        ("PayoutsState.hold", {"form": {"__reflex_form_data__": [["reason", "wrong account"]]}}),
        ("CampaignsState.show_map", {"campaign_id": "a whole smile: 😀, हिन्दी"}),
        ("CurrentUserState.arrive", {}),
    ],
)
def test_what_pages_send_goes_on(name: str, payload: dict[str, Any]) -> None:
    assert fits(KNOWN[name][0], payload)


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("VerificationJobState.tick", {"point": "gps_matches", "on": "yes"}),
        ("VerificationJobState.tick", {"point": {"a": 1}, "on": True}),
        ("VerificationJobState.tick", {"point": "gps_matches"}),
        ("FundState.typed", {"paise": float("nan")}),
        ("FundState.typed", {"paise": 1 << 70}),
        ("FundState.typed", {"paise": True}),
        ("PayoutsState.hold", {"form": "text"}),
        ("PayoutsState.hold", {"form": {"__reflex_form_data__": [["reason"], 4]}}),
        ("CampaignsState.show_map", {"campaign_id": "half a smile: \ud83e"}),
        ("PayoutsState.hold", {"form": {"reason": "\udc00"}}),
        ("PayoutsState.hold", {"form": {"__reflex_form_data__": [["reason", "\ud83e"]]}}),
        ("CurrentUserState.arrive", {"self": 1}),
        ("CurrentUserState.arrive", [1]),
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
