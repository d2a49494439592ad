"""The quiet link under a result, and the sheet in which somebody says what is not clean (OPS-03)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.components.buttons import button, opens
from cleanit_app.components.feedback import note
from cleanit_app.components.fields import text_area
from cleanit_app.components.overlays import dialog
from cleanit_app.components.text import t, words
from cleanit_app.domain.business_limits import LIMITS

DISPUTE = "dispute-result"


def dispute_link(state: Any) -> rx.Component:
    """For who may question the result of `state.view`; what was typed stays when it is refused."""
    press = button(t("dispute.link"), kind="quiet", block=True, custom_attrs=opens(DISPUTE))
    error = state.field_problems["reason"]
    refused = (state.problem != "") & ~state.field_problems.contains("reason")
    form = rx.el.form(
        rx.el.p(t("dispute.means"), class_name="soft"),
        text_area("reason", t("dispute.reason"), hint=t("dispute.hint"),
                  max_length=LIMITS.dispute_reason_length[1], rows="4",
                  id="dispute-reason", error=error),
        rx.cond(refused, note(words(state.problem), "err", role="alert"), rx.fragment()),
        button(t("dispute.send"), size="l", block=True, type="submit", busy=state.sending,
               busy_label=t("dispute.busy")),
        on_submit=state.dispute,
        no_validate=True,
        class_name="flex flex-col gap-3",
    )  # fmt: skip
    return rx.cond(state.view.may_dispute, rx.el.div(press, dialog(DISPUTE, t("dispute.title"), form)), rx.fragment())
