"""Lists that change by themselves: a tab hears of every campaign it shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import reflex as rx

from cleanit_app.state.live import hub


def hear_of(state: rx.State, campaign_ids: Iterable[str], then: Any) -> None:
    """From now on this tab does `then` when something happens to one of these campaigns, and to no other."""
    token = state.router.session.client_token
    hub.leave(token, "campaign")
    for campaign_id in dict.fromkeys(campaign_ids):
        hub.listen(token, f"campaign:{campaign_id}", then)
