"""The numbers of the business: what each is, what another would have changed, choosing it, its history (OPS-01)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.domain.calendar import ist_date, midnight
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.house_settings import Counts, SettingGroup
from cleanit_app.i18n import say
from cleanit_app.i18n.amounts import share
from cleanit_app.i18n.formats import dated_time
from cleanit_app.i18n.house_settings import counted, setting_name, setting_value
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.operations.setting_choices import ChoiceItem, SettingItem, settings_with_history
from cleanit_app.reads.operations.setting_trials import SPAN, SettingTrial, try_setting
from cleanit_app.services.operations.house_settings import SettingDraft, choose_setting, draft_choice
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.current_user import CurrentUserState

ROUTE, TITLE = routes.ADMIN_SETTINGS, "admin.settings"
PARTS = {Counts.PAISE: 100, Counts.BASIS_POINTS: 100}
"""How many of what is stored make one of what people type: paise a rupee, basis points a percent."""


@dataclass(frozen=True)
class SettingView:
    """One setting on the page; `first` names the group that begins with it."""

    id: str
    name: str
    what: str
    applies: str
    in_terms: bool
    value: str
    typed: str
    raw: str
    unit: str
    usual: str
    waiting: str
    first: str
    history: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ProposalView:
    """A change that waits for the second press: what it says, and what it would have done."""

    id: str = ""
    sure: str = ""
    trial: str = ""


class HouseSettingsState(AdminDeskState, rx.State):
    """Every setting; `open` is the one that was typed into, `turn` draws the forms anew."""

    rows: list[SettingView] = []
    proposal: ProposalView = ProposalView()
    busy: str = ""
    trouble: str = ""
    turn: int = 0
    _typed: dict[str, Any] = {}

    @rx.event
    async def load(self) -> None:
        """What holds, what waits, and who chose what."""
        self.reset()
        await self._read()

    @rx.event
    async def propose(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Say what a change would have done in the last 30 days; it waits for a second press."""
        known = next((row for row in self.rows if row.id == str(form.get("name"))), None)
        if self.busy or known is None:
            return
        self.busy, self.trouble, self.proposal = known.id, "", ProposalView()
        yield
        now = self._parts().clock.now()
        typed = {"name": known.id, "value": form.get("value"), "why": form.get("why"),
                 "effective_from": _from(form.get("from"), now)}  # fmt: skip
        self._clear_problems()
        try:
            draft = draft_choice(now, as_typed=True, **typed)
            if str(draft.value) == known.raw and not known.waiting:
                raise InvalidFields({"value": FieldProblem("setting_same")})
        except InvalidFields as refusal:
            self._show(refusal)
            self.trouble = known.id
        else:
            trial = await self._ask_here(try_setting, setting=draft.setting, value=draft.value)
            self._typed = typed | {"seen": form.get("seen")}
            self.proposal = _proposal(draft, int(known.raw), trial)
        self.busy = ""

    @rx.event
    async def leave_it(self) -> None:
        """Put the proposed change away."""
        self.proposal, self._typed = ProposalView(), {}

    @rx.event
    async def change(self) -> AsyncIterator[None]:
        """Make the change that was proposed."""
        typed, name = self._typed, self.proposal.id
        if self.busy or not typed:
            return
        self.busy, self.trouble = name, ""
        yield
        done = await self._do(choose_setting, as_typed=True, **typed)
        if done is None:
            self.trouble = name
        else:
            self.turn += 1
            await self._toast(say("settings.saved", name=setting_name(name)))
            self.proposal, self._typed = ProposalView(), {}
            await self._read()
        self.busy = ""

    async def _read(self) -> None:
        found = await self._ask_here(settings_with_history)
        if found is not None:
            self.rows, self.loaded = _views(found, self._parts().clock.now()), True


def _from(typed: object, now: datetime) -> str | None:
    """The Indian midnight of a day that was chosen; None for today and for no day, anything else as it is."""
    try:
        day = date.fromisoformat(str(typed or ""))
    except ValueError:
        return str(typed) if typed else None
    return None if day == ist_date(now) else midnight(day).isoformat()


def _proposal(draft: SettingDraft, was: int, trial: SettingTrial | None) -> ProposalView:
    name = draft.setting.name
    sure = say(
        "settings.sure", name=setting_name(name), was=setting_value(name, was),
        value=setting_value(name, draft.value), when=_when(draft.effective_from),
    )  # fmt: skip
    if trial is None:
        return ProposalView(name, sure, say("settings.no_trial", days=SPAN.days))
    what, before, after = say(f"setting.{name}.counted"), counted(name, trial.before), counted(name, trial.after)
    return ProposalView(name, sure, say("settings.trial", days=SPAN.days, what=what, before=before, after=after))


def _when(at: datetime | None) -> str:
    return say("settings.at_once") if at is None else say("settings.from_day", day=dated_time(at))


def _views(found: tuple[SettingItem, ...], now: datetime) -> list[SettingView]:
    views: list[SettingView] = []
    group = None
    for one in sorted(found, key=lambda item: list(SettingGroup).index(item.setting.group)):
        first = say(f"setting.group.{one.setting.group}") if one.setting.group is not group else ""
        group = one.setting.group
        views.append(_view(one, first))
    return views


def _view(one: SettingItem, first: str) -> SettingView:
    setting, name = one.setting, one.setting.name
    least, most, usual = (setting_value(name, n) for n in (setting.least, setting.most, one.usual))
    waiting = ""
    if one.waiting is not None:
        value, when = setting_value(name, one.waiting.value), dated_time(one.waiting.effective_from)
        waiting = say("settings.waiting", value=value, when=when)
    return SettingView(
        id=name,
        name=setting_name(name),
        what=say(f"setting.{name}.what"),
        applies=say(f"setting.applies.{setting.applies}"),
        in_terms=setting.in_terms,
        value=setting_value(name, one.value),
        typed=_typed(setting.counts, one.value),
        raw=str(one.value),
        unit={Counts.PAISE: "RUPEES", Counts.BASIS_POINTS: "SHARE"}.get(setting.counts, ""),
        usual=say("settings.usual", value=usual, least=least, most=most),
        waiting=waiting,
        first=first,
        history=[_line(name, choice) for choice in one.choices],
    )


def _typed(counts: Counts, value: int) -> str:
    return share(value) if counts is Counts.BASIS_POINTS else str(value // PARTS.get(counts, 1))


def _line(name: str, choice: ChoiceItem) -> str:
    planned = choice.effective_from if choice.effective_from != choice.made_at else None
    values = {
        "name": choice.made_by_name,
        "when": dated_time(choice.made_at),
        "was": setting_value(name, choice.was),
        "value": setting_value(name, choice.value),
        "from": _when(planned),
        "why": choice.why,
    }
    return say("settings.line", **values)


ON_LOAD = [CurrentUserState.arrive_signed_in, HouseSettingsState.load]


def _input(row: Any, name: str, label: rx.Component, control: rx.Component, problem: Any) -> rx.Component:
    """A labelled control of one setting's form; its complaint stands below while this form is the one in trouble."""
    return rx.el.div(
        rx.el.label(label, html_for=f"{name}-" + row.id, class_name="label"),
        control,
        rx.cond(
            HouseSettingsState.trouble == row.id, rx.el.p(problem, class_name="ermsg", role="alert"), rx.fragment()
        ),
        class_name="mt-3",
    )


def _form(row: Any) -> rx.Component:
    problems = HouseSettingsState.field_problems
    label = rx.match(
        row.unit, ("RUPEES", t("settings.value_rupees")), ("SHARE", t("settings.value_share")), t("settings.value")
    )
    refusal = rx.cond(
        (HouseSettingsState.trouble == row.id) & (problems.length() == 0),
        note(words(HouseSettingsState.problem), "err", role="alert"),
        rx.fragment(),
    )
    return rx.el.form(
        rx.el.input(type="hidden", name="name", value=row.id, read_only=True),
        rx.el.input(type="hidden", name="seen", value=row.raw, read_only=True),
        _input(row, "value", label, rx.el.input(
            id="value-" + row.id, name="value", type="text", input_mode="decimal", default_value=row.typed,
            auto_complete="off", class_name="input max-w-[160px]"), problems["value"]),
        _input(row, "why", t("settings.why"), rx.el.textarea(
            id="why-" + row.id, name="why", class_name="input"), problems["why"]),
        _input(row, "from", t("settings.from"), rx.el.input(
            id="from-" + row.id, name="from", type="date", class_name="input max-w-[200px]"),
            problems["effectiveFrom"]),
        rx.el.p(t("settings.from_hint"), class_name="hint"),
        refusal,
        button(t("settings.try"), type="submit", kind="line", class_name="mt-4", of=row.name,
               busy=HouseSettingsState.busy == row.id, busy_label=t("people.working")),
        on_submit=HouseSettingsState.propose,
        no_validate=True,
        key=f"{row.id}-{HouseSettingsState.turn}",
    )  # fmt: skip


def _proposed(row: Any) -> rx.Component:
    proposal = HouseSettingsState.proposal
    shown = rx.el.div(
        rx.el.p(words(proposal.sure), class_name="b"),
        rx.el.p(words(proposal.trial), class_name="mt-1"),
        rx.el.div(
            button(t("settings.change"), of=row.name, busy=HouseSettingsState.busy == row.id,
                   busy_label=t("people.working"), on_click=HouseSettingsState.change),
            button(t("settings.leave"), kind="quiet", of=row.name, on_click=HouseSettingsState.leave_it),
            class_name="flex flex-wrap gap-2 mt-3",
        ),
        class_name="note info block mt-4",
        role="status",
    )  # fmt: skip
    return rx.cond(proposal.id == row.id, shown, rx.fragment())


def _history(row: Any) -> rx.Component:
    lines = rx.el.ul(
        each(row.history, lambda line: rx.el.li(line, class_name="t-sm py-1")), class_name="divide-y divide-chuna-200"
    )
    return rx.el.div(
        rx.el.h3(t("settings.history"), class_name="label mt-5"),
        rx.cond(row.history.length() > 0, lines, rx.el.p(t("settings.never"), class_name="t-sm mute")),
    )


def _card(row: Any) -> rx.Component:
    head = rx.el.summary(
        rx.el.span(rx.el.b(row.name, class_name="b"), class_name="grow"),
        rx.el.span(row.value, class_name="num b"),
        class_name="flex items-center gap-3 min-h-[44px] cursor-pointer",
    )
    card = rx.el.details(
        head,
        rx.el.p(row.what, class_name="soft mt-1"),
        rx.el.p(row.applies, class_name="t-sm mute mt-1"),
        rx.cond(row.in_terms, rx.el.p(t("settings.in_terms"), class_name="t-sm mute"), rx.fragment()),
        rx.el.p(row.usual, class_name="t-sm mute"),
        rx.cond(row.waiting != "", note(words(row.waiting), "info"), rx.fragment()),
        _form(row),
        _proposed(row),
        _history(row),
        class_name="card pad",
    )
    heading = rx.cond(row.first != "", rx.el.h2(row.first, class_name="t-h3 mt-6 mb-2"), rx.fragment())
    return rx.el.div(heading, card)


def _fixed() -> rx.Component:
    """What cannot be changed here, and why."""
    lines = [
        rx.el.li(t(f"settings.fixed.{name}"), class_name="py-1") for name in ("promises", "forms", "reasons", "law")
    ]
    return rx.el.section(
        rx.el.h2(t("settings.fixed"), class_name="t-h3 mt-8 mb-2"),
        rx.el.ul(*lines, class_name="soft max-w-[720px] list-disc pl-5"),
    )


def page() -> rx.Component:
    """The page."""
    body = rx.el.div(
        rx.el.h1(t("admin.settings"), class_name="t-h1 mb-2"),
        rx.el.p(t("settings.what"), class_name="soft mb-1 max-w-[720px]"),
        rx.el.a(
            t("canned_desk.title"),
            href=routes.ADMIN_CANNED,
            class_name="link min-h-[44px] inline-flex items-center mb-2",
        ),
        rx.cond(
            HouseSettingsState.loaded,
            rx.el.div(each(HouseSettingsState.rows, _card), class_name="flex flex-col gap-3 max-w-[820px]"),
            loading(skeleton("h-64 w-full")),
        ),
        _fixed(),
        class_name="p-4 lg:p-7 max-w-[1180px]",
    )
    return admin_page(body, active="settings", refused=HouseSettingsState.refused)
