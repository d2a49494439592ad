"""Having one's account deleted: what is open still, what goes and what stays, and the password once more (LAW-02)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import password_field
from cleanit_app.components.lists import each
from cleanit_app.components.text import t, words
from cleanit_app.domain.erasure import InTheWay
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n import say
from cleanit_app.pages.citizen.pieces import heading, own_frame
from cleanit_app.services.people.erasure import ask_for_erasure
from cleanit_app.services.people.erasure_obstacles import my_obstacles
from cleanit_app.state.cleaner_dashboard import CleanerDashboardState
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.password_again import PasswordState

ROUTE, TITLE = routes.DELETE_ACCOUNT, "delete.title"


class DeleteAccountState(PasswordState, rx.State):
    """What stands in the way, and the wish itself. The password passes through and stays nowhere."""

    reasons: list[str] = []
    busy: bool = False
    broken: bool = False

    @rx.event
    async def load(self) -> None:
        """Look what is open."""
        self.reset()
        await self._look()

    @rx.event
    async def remove(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Delete my account in a week, after the password; the sign-in page says until when I may think again."""
        if self.busy:
            return
        self._clear_problems()
        self.busy = True
        yield
        known = await self._knows_password(form)
        here = await self.get_state(CurrentUserState)
        here._account_goes = True
        if known and await self._do(ask_for_erasure) is not None:
            yield rx.redirect(routes.after_login(routes.KEPT), is_external=True)
        else:
            here._account_goes = False
            await self._look()
        self.busy = False

    async def _look(self) -> None:
        try:
            found: tuple[InTheWay, ...] = await self._ask(my_obstacles)
        except DomainError:
            self.broken, self.loaded = True, True
            return
        self.reasons = [say(f"field.erasure_{one.what}", n=one.n) for one in found]
        self.broken, self.loaded = False, True


ON_LOAD = [CurrentUserState.arrive_signed_in, CleanerDashboardState.arrive, DeleteAccountState.load]


def _list(*keys: str) -> rx.Component:
    return rx.el.ul(*[rx.el.li(t(key)) for key in keys], class_name="list-disc pl-5 flex flex-col gap-1")


def _in_use() -> rx.Component:
    reasons = rx.el.ul(
        each(DeleteAccountState.reasons, lambda one: rx.el.li(words(one), class_name="break-words")),
        class_name="list-disc pl-5 flex flex-col gap-2",
    )
    return rx.el.section(
        note(t("error.ACCOUNT_IN_USE"), "warn", role="status"),
        reasons,
        class_name="flex flex-col gap-3",
    )


def _form() -> rx.Component:
    wrong = rx.cond(
        DeleteAccountState.field_problems.contains("currentPassword"),
        DeleteAccountState.field_problems["currentPassword"],
        "",
    )
    go = button(
        t("delete.go"),
        kind="line",
        type="submit",
        block=True,
        busy=DeleteAccountState.busy,
        busy_label=t("account.saving"),
    )
    general = (DeleteAccountState.problem != "") & (DeleteAccountState.field_problems.length() == 0)
    return rx.el.form(
        rx.cond(general, note(words(DeleteAccountState.problem), "err", role="alert"), rx.fragment()),
        password_field("currentPassword", t("account.present"), hint=t("account.confirm_note"), error=wrong),
        go,
        on_submit=DeleteAccountState.remove,
        no_validate=True,
        class_name="flex flex-col gap-3",
    )


def _what_follows() -> rx.Component:
    return rx.el.section(
        rx.el.p(t("delete.week")),
        rx.el.h2(t("delete.goes"), class_name="t-h3"),
        _list("delete.goes_1", "delete.goes_2", "delete.goes_3"),
        rx.el.h2(t("delete.stays"), class_name="t-h3"),
        _list("delete.stays_1", "delete.stays_2"),
        rx.el.a(t("delete.take_data"), href=routes.ACCOUNT, class_name="link min-h-[44px] inline-flex items-center"),
        class_name="card pad flex flex-col gap-3",
    )


def page() -> rx.Component:
    """The page."""
    full = rx.el.div(
        rx.cond(DeleteAccountState.reasons.length() > 0, _in_use(), rx.fragment()),
        _what_follows(),
        rx.cond(DeleteAccountState.reasons.length() > 0, rx.fragment(), _form()),
        class_name="flex flex-col gap-6",
    )
    broken = note(t("error.SOMETHING_BROKE"), "err", role="alert")
    body = rx.cond(
        DeleteAccountState.loaded,
        rx.cond(DeleteAccountState.broken, broken, full),
        loading(skeleton("h-40"), skeleton("h-24")),
    )
    content = rx.el.div(heading("delete.title"), body, class_name="narrow max-w-[720px] py-4")
    return own_frame(content, title=t("delete.title"), back=routes.ACCOUNT)
