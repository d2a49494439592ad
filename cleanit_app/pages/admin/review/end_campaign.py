"""Ending a cleanup from a list of admins: a button for a row, and one dialog for the reason (CAM-13)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from cleanit_app.components.buttons import Size, button, opens
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import text_area
from cleanit_app.components.overlays import dialog
from cleanit_app.components.text import t, words
from cleanit_app.domain.statuses import ADMIN_MAY_CANCEL
from cleanit_app.i18n import say
from cleanit_app.services.campaigns.closing import cancel_by_admin
from cleanit_app.state.admin_desk import AdminDeskState, as_id

STOP, REASON_LENGTH = "stop-cleanup", 500
MAY_STOP = tuple(status.value for status in ADMIN_MAY_CANCEL)


class EndCampaignState(AdminDeskState, rx.State):
    """The cleanup that is about to be ended."""

    chosen: str = ""
    title: str = ""
    busy: bool = False
    turn: int = 0

    @rx.event
    async def pick(self, campaign_id: str, title: str) -> None:
        """Open the dialog for one cleanup."""
        self.chosen, self.title = str(campaign_id), str(title)[:200]
        self._clear_problems()

    @rx.event
    async def stop(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """End it with a reason its people read; their money goes back. The lists hear of it by themselves."""
        reason = str(form.get("stop-reason") or "").strip()
        if self.busy or not self.chosen:
            return
        if not reason:
            self.field_problems = {"stop-reason": say("drafts.reason_missing")}
            return
        self.busy = True
        yield
        if await self._do(cancel_by_admin, campaign_id=as_id(self.chosen), reason=reason):
            await self._toast(say("ending.done", title=self.title))
            self.chosen = ""
            self.turn += 1
        self.busy = False


def stop_button(campaign_id: Any, title: Any, state: Any | None = None, *, size: Size = "s") -> rx.Component:
    """The button for one row; nothing for states that no admin may end."""
    shown = button(
        t("ending.stop"),
        kind="line",
        size=size,
        of=title,
        on_click=EndCampaignState.pick(campaign_id, title),
        custom_attrs=opens(STOP),
    )
    return shown if state is None else rx.cond(rx.Var.create(list(MAY_STOP)).contains(state), shown, rx.fragment())


def stop_dialog() -> rx.Component:
    """The dialog; stands once on a page with such buttons."""
    problem = rx.cond(
        EndCampaignState.problem != "", note(words(EndCampaignState.problem), "err", role="alert"), rx.fragment()
    )
    form = rx.el.form(
        rx.el.p(EndCampaignState.title, class_name="b mb-1"),
        rx.el.p(t("ending.means"), class_name="mb-3"),
        problem,
        text_area("stop-reason", t("ending.reason"), hint=t("ending.reason_hint"), max_length=REASON_LENGTH,
                  error=EndCampaignState.field_problems["stop-reason"]),
        button(t("ending.now"), kind="danger", size="l", block=True, type="submit", class_name="mt-4",
               busy=EndCampaignState.busy, busy_label=t("ending.busy")),
        on_submit=EndCampaignState.stop,
        no_validate=True,
    )  # fmt: skip
    return rx.el.div(dialog(STOP, t("ending.title"), form), key=EndCampaignState.turn.to_string())
