"""What the page of one dispute knows and does, for who decides (OPS-03)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.domain.disputes import DisputeSide
from cleanit_app.domain.errors import NotFound
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import rupees
from cleanit_app.reads.review.dispute_pages import DisputeDetail, dispute_detail
from cleanit_app.services.review.disputes import decide_dispute
from cleanit_app.state.admin_desk import AdminDeskState, as_id
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.dispute_view import DisputeStepView, about_line, due_of, step_views


class DisputeDeskState(AdminDeskState, rx.State):
    """One dispute with both sides."""

    gone: bool = False
    about: str = NOTHING
    due: str = NOTHING
    late: bool = False
    sides: str = NOTHING
    held: str = NOTHING
    left_to_finance: str = NOTHING
    campaign_href: str = ""
    other_href: str = ""
    is_appeal: bool = False
    is_open: bool = False
    may_decide: bool = False
    may_split: bool = False
    say_door: str = ""
    rows: list[DisputeStepView] = []
    busy: bool = False
    _shown: str = ""

    @rx.event
    async def load(self) -> None:
        """Read it; hear of changes."""
        wanted = str(self.dispute_id)
        if self._shown != wanted:
            self.loaded, self.gone, self.rows = False, False, []
        self._shown, self.busy = wanted, False
        self._clear_problems()
        self._hear_everything(DisputeDeskState.refresh)
        await self._look()
        self.loaded = True

    @rx.event
    async def refresh(self) -> Any:
        """Something happened in the house; what is being typed stays."""
        if self.loaded and self._shown == str(self.dispute_id):
            await self._look()
        return CurrentUserState.hear

    @rx.event
    async def sent(self, _dispute_id: str) -> None:
        """What the desk said has arrived."""
        await self._look()

    @rx.event
    async def decide(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Decide, with the reason that both sides read."""
        if self.busy:
            return
        self.busy = True
        yield
        outcome = str(form.get("outcome") or "")
        percent = str(form.get("percent") or "").strip()
        decision: dict[str, Any] = {"uphold": outcome != "DISMISSED", "note": str(form.get("note") or "")}
        if outcome == "SPLIT":
            decision["done_percent"] = int(percent) if percent.isascii() and percent.isdigit() else 0
        decision["cancel_campaign"] = outcome == "CANCEL"
        if outcome in ("UPHELD", "DISMISSED", "SPLIT", "CANCEL"):
            done = await self._do(decide_dispute, dispute_id=as_id(self._shown), **decision)
            if done:
                await self._toast(say("disputes.decided"))
        else:
            self.problem = say("disputes.choose_outcome")
        self.busy = False
        await self._look()

    async def _look(self) -> None:
        try:
            found: DisputeDetail | None = await self._ask_here(dispute_detail, dispute_id=as_id(self._shown))
        except NotFound:
            self.gone = True
            return
        if found is not None:
            self.gone = found.side is not DisputeSide.DESK
            self._take(found)

    def _take(self, found: DisputeDetail) -> None:
        item, now = found.item, self._parts().clock.now()
        self.about, self.due, self.late = about_line(item), due_of(item, now), item.late
        other = found.other_name or say("disputes.side.DESK")
        self.sides = say("disputes.between", raiser=found.raised_by_name, other=other)
        self.held = say("disputes.held", amount=rupees(found.held_paise)) if found.held_paise else NOTHING
        left_to_finance = found.left_to_finance and say(
            f"disputes.left.{found.left_to_finance}", amount=rupees(found.left_paise or 0)
        )
        self.left_to_finance = left_to_finance or NOTHING
        self.campaign_href = routes.campaign(item.campaign_id) if item.campaign_id else ""
        linked = found.appeal_of or found.appeal_id
        self.other_href, self.is_appeal = routes.admin_dispute(linked) if linked else "", found.appeal_of is not None
        self.is_open = item.status.value == "OPEN"
        self.may_decide, self.may_split = found.may_decide, found.may_split
        self.say_door = routes.dispute_door(item.id, "statements")
        self.rows = step_views(found, now)
