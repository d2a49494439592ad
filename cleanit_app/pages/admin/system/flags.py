"""Features: off, for named people, for a share of all, for everybody, or stopped at once (OPS-06)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import pill_choice
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.domain.features import Feature, FlagState
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import day_time
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.operations.feature_flags import FlagItem, feature_flags
from cleanit_app.services.flags.feature_flags import choose_flag
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_FLAGS, "flags.title"
SHARES, NAMES = ("PERCENT",), ("PEOPLE", "PERCENT")
"""With which choices a share and named people count; with the others neither is asked."""


@dataclass(frozen=True)
class FeatureFlagView:
    """One feature on the page."""

    id: str
    name: str
    state: str
    percent: str
    people: str
    changed: str


class FlagsState(AdminDeskState, rx.State):
    """Every feature; `trouble` is the one whose choice was refused, `turn` draws the forms anew."""

    rows: list[FeatureFlagView] = []
    busy: str = ""
    trouble: str = ""
    turn: int = 0

    @rx.event
    async def load(self) -> None:
        """Which there are."""
        self.reset()
        await self._read()

    @rx.event
    async def save(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Choose for whom one feature is on."""
        known = next((row for row in self.rows if row.id == str(form.get("feature"))), None)
        state = str(form.get("state"))
        if self.busy or known is None or state not in list(FlagState):
            return
        self.busy, self.trouble = known.id, ""
        yield
        done = await self._do(
            choose_flag,
            feature=Feature(known.id),
            state=FlagState(state),
            percent=form.get("percent") or 0,
            contacts=str(form.get("people") or ""),
        )
        if done is not None:
            self.turn += 1
            await self._toast(say("flags.saved", what=known.name))
            await self._read()
        else:
            self.trouble = known.id
        self.busy = ""

    async def _read(self) -> None:
        found = await self._ask_here(feature_flags)
        if found is not None:
            now = self._parts().clock.now()
            self.rows, self.loaded = [_view(one, now) for one in found], True


def _view(one: FlagItem, now: datetime) -> FeatureFlagView:
    changed = say("flags.never")
    if one.changed_at is not None:
        changed = say("flags.changed", name=one.changed_by_name, when=day_time(one.changed_at, now))
    return FeatureFlagView(
        id=one.feature.value,
        name=say(f"flags.feature.{one.feature.value}"),
        state=one.state.value,
        percent=str(one.percent),
        people=", ".join(one.contacts),
        changed=changed,
    )


ON_LOAD = [CurrentUserState.arrive_signed_in, FlagsState.load]


def _card(row: Any) -> rx.Component:
    mine = FlagsState.trouble == row.id
    choices = [
        pill_choice("state", state.value, t(f"flags.state.{state.value}"), default_checked=row.state == state.value)
        for state in FlagState
    ]
    refusal = rx.cond(
        mine & (FlagsState.field_problems.length() == 0),
        note(words(FlagsState.problem), "err", role="alert"),
        rx.fragment(),
    )
    shares, names = (
        "hidden mt-3 " + " ".join(f"group-has-[input[value={one}]:checked]/flag:block" for one in of)
        for of in (SHARES, NAMES)
    )
    percent_id, people_id = "percent-" + row.id, "people-" + row.id
    return rx.el.form(
        rx.el.input(type="hidden", name="feature", value=row.id, read_only=True),
        rx.el.h2(row.name, class_name="t-h3"),
        rx.el.p(words(row.changed), class_name="t-sm mute mb-3"),
        rx.el.fieldset(
            rx.el.legend(t("flags.state"), class_name="label"), rx.el.div(*choices, class_name="flex flex-wrap gap-2")
        ),
        rx.el.div(
            rx.el.label(t("flags.percent"), html_for=percent_id, class_name="label"),
            rx.el.input(id=percent_id, name="percent", type="text", input_mode="numeric", default_value=row.percent,
                        class_name="input max-w-[120px]"),
            rx.el.p(t("flags.percent_hint"), class_name="hint"),
            rx.cond(mine, rx.el.p(FlagsState.field_problems["percent"], class_name="ermsg", role="alert"),
                    rx.fragment()),
            class_name=shares,
        ),
        rx.el.div(
            rx.el.label(t("flags.people"), html_for=people_id, class_name="label"),
            rx.el.textarea(id=people_id, name="people", default_value=row.people, class_name="input"),
            rx.el.p(t("flags.people_hint"), class_name="hint"),
            rx.cond(mine, rx.el.p(FlagsState.field_problems["people"], class_name="ermsg", role="alert"),
                    rx.fragment()),
            class_name=names,
        ),
        refusal,
        button(t("flags.save"), type="submit", class_name="mt-4", of=row.name, busy=FlagsState.busy == row.id,
               busy_label=t("people.working")),
        on_submit=FlagsState.save,
        no_validate=True,
        key=f"{row.id}-{FlagsState.turn}",
        class_name="card pad group/flag",
    )  # fmt: skip


def page() -> rx.Component:
    """The page."""
    listed = rx.el.div(each(FlagsState.rows, _card), class_name="grid lg:grid-cols-2 gap-4 items-start")
    body = rx.el.div(
        rx.el.h1(t("flags.title"), class_name="t-h1 mb-2"),
        rx.el.p(t("flags.what"), class_name="soft mb-5 max-w-[720px]"),
        rx.cond(FlagsState.loaded, listed, loading(skeleton("h-64 w-full"))),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="flags", refused=FlagsState.refused)
