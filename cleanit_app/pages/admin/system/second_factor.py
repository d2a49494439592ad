"""An admin's second factor: set up with a QR code, shown at sign-in and before money, taken away."""

from __future__ import annotations

from typing import Any

import reflex as rx
import segno

from cleanit_app import routes
from cleanit_app.components.buttons import button
from cleanit_app.components.feedback import loading, note, skeleton
from cleanit_app.components.fields import password_field, typed_field
from cleanit_app.components.islands.reading import Kind
from cleanit_app.components.lists import each
from cleanit_app.components.text import attr, t, words
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n import say
from cleanit_app.i18n.formats import clock, day
from cleanit_app.pages.frame import admin_page
from cleanit_app.reads.auth.second_factor import FactorStanding, my_factor
from cleanit_app.services.auth import second_factor
from cleanit_app.state.admin_desk import AdminDeskState
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.password_again import PasswordState
from cleanit_app.state.session import visitor_of

ROUTE, TITLE = routes.SECOND_FACTOR, "factor.title"


class SecondFactorState(PasswordState, AdminDeskState, rx.State):
    """How it stands. The secret and the recovery codes are here only while they are looked at."""

    stands: bool = False
    half_in: bool = False
    about: str = NOTHING
    proved: str = NOTHING
    picture: str = ""  # the QR code as a data address
    key: str = ""
    codes: list[str] = []
    said: str = NOTHING
    goal: str = ""  # where one was going

    @rx.event
    async def load(self) -> None:
        """Read how it stands; what was shown before is gone."""
        self.reset()
        self.goal = routes.inside(self.router.url.query_parameters.get("next"), "")
        await self._look()

    @rx.event
    async def begin(self, form: dict[str, Any]) -> None:
        """Make a secret for the app, after the password."""
        if await self._knows_password(form):
            await self._make_secret()

    @rx.event
    async def anew(self) -> None:
        """Another secret while the first is not confirmed; asks for the password again when that is too long ago."""
        self.picture, self.key = "", ""
        await self._make_secret()

    async def _make_secret(self) -> None:
        made = await self._do(second_factor.begin_factor, cipher=self._parts().cipher)
        if made is not None:
            self.key = " ".join(made.secret[n : n + 4] for n in range(0, len(made.secret), 4))
            await self._for_this_moment()
            self.picture = segno.make(made.uri, error="m").svg_data_uri(scale=5, border=3)

    @rx.event
    async def confirm(self, form: dict[str, Any]) -> None:
        """The app's first code."""
        codes = await self._with_code(second_factor.confirm_factor, form)
        if codes is not None:
            await self._for_this_moment()
            self.codes, self.picture, self.key = codes, "", ""
            await self._look()

    @rx.event
    async def show(self, form: dict[str, Any]) -> Any:
        """A code of the app or a recovery code: back to where it was needed."""
        await self._with_code(second_factor.prove, form)
        if self.problem != NOTHING:
            return None
        if self.goal or self.half_in:
            return rx.redirect(self.goal or routes.ADMIN)
        await self._look()
        return None

    @rx.event
    async def new_codes(self) -> None:
        """Ten new recovery codes in place of the others."""
        codes = await self._do(second_factor.new_recovery_codes)
        if codes is not None:
            await self._for_this_moment()
            self.codes = codes
            await self._look()

    @rx.event
    async def codes_kept(self) -> Any:
        """They are written down: not shown any longer, and on to where one was going."""
        self.codes = []
        return rx.redirect(self.goal) if self.goal else None

    @rx.event
    async def put_away(self) -> None:
        """The page was left: neither secret nor codes stay behind it."""
        self.codes, self.picture, self.key = [], "", ""

    @rx.event
    async def remove(self) -> None:
        """Take it away."""
        await self._do(second_factor.remove_factor)
        if self.problem == NOTHING:
            self.said, self.codes = say("factor.removed"), []
            await self._look()

    async def _for_this_moment(self) -> None:
        (await self.get_state(CurrentUserState))._will_put_away(self)

    async def _with_code(self, story: Any, form: dict[str, Any]) -> Any:
        self.said = NOTHING
        parts = self._parts()
        arguments = {"limits": parts.limits, "cipher": parts.cipher, "code": _text(form, "code")}
        return await self._tell(story, **arguments, visitor=visitor_of(self))

    async def _look(self) -> None:
        try:
            now: FactorStanding = await self._ask(my_factor)
        except DomainError:
            self.refused, self.loaded = True, True
            return
        who = await self.get_state(CurrentUserState)
        self.loaded, self.refused = True, who.role != "ADMIN"
        self.stands, self.half_in = now.stands, now.half_in
        self.about = (
            say("factor.stands", when=day(now.since, self._parts().clock.now()), n=now.codes_left)
            if now.since
            else NOTHING
        )
        self.proved = say("factor.proved", when=clock(now.proved_until)) if now.proved_until else NOTHING


def _text(form: object, name: str) -> str:
    value = form.get(name) if isinstance(form, dict) else None
    return value if isinstance(value, str) else ""


ON_LOAD = [CurrentUserState.arrive_signed_in, SecondFactorState.load]


def _problem_at(field: str) -> Any:
    return rx.cond(SecondFactorState.field_problems.contains(field), SecondFactorState.field_problems[field], "")


def _code_form(label: str, reads: Kind, go: str, on_submit: Any) -> rx.Component:
    hint = t("factor.new_code")
    return rx.el.form(
        typed_field("code", t(label), reads, hint=hint, error=_problem_at("code"), auto_complete="one-time-code"),
        button(t(go), type="submit", class_name="self-start"),
        on_submit=on_submit,
        no_validate=True,
        class_name="flex flex-col gap-3 max-w-[420px]",
    )


def _begin() -> rx.Component:
    form = rx.el.form(
        password_field(
            "currentPassword",
            t("account.present"),
            hint=t("account.confirm_note"),
            error=_problem_at("currentPassword"),
        ),
        button(t("factor.begin"), type="submit", class_name="self-start"),
        on_submit=SecondFactorState.begin,
        no_validate=True,
        class_name="flex flex-col gap-3 max-w-[420px]",
    )
    return rx.fragment(note(t("factor.none"), "warn"), form)


def _scan() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("factor.scan")),
        rx.el.img(src=SecondFactorState.picture, alt=attr("factor.qr"), class_name="w-[240px] h-[240px] bg-white"),
        rx.el.p(t("factor.key"), ": ", rx.el.code(SecondFactorState.key, class_name="num b break-all")),
        _code_form("factor.code", "code", "factor.confirm", SecondFactorState.confirm),
        button(t("factor.anew"), kind="line", on_click=SecondFactorState.anew, class_name="self-start"),
    )


def _codes() -> rx.Component:
    return rx.fragment(
        note(t("factor.codes"), "warn", role="status"),
        rx.el.ul(
            each(SecondFactorState.codes, lambda code: rx.el.li(code, class_name="num b")),
            class_name="grid sm:grid-cols-2 gap-2",
        ),
        button(t("factor.codes_kept"), kind="line", on_click=SecondFactorState.codes_kept, class_name="self-start"),
    )


def _standing() -> rx.Component:
    ways = rx.el.div(
        button(t("factor.new_codes"), kind="line", on_click=SecondFactorState.new_codes),
        button(t("factor.remove"), kind="line", on_click=SecondFactorState.remove),
        class_name="flex flex-wrap gap-2",
    )
    shown = rx.fragment(note(words(SecondFactorState.proved), "ok", role="status"), ways)
    asked = rx.fragment(
        rx.el.p(rx.cond(SecondFactorState.half_in, t("factor.half_in"), t("factor.to_show")), class_name="b"),
        _code_form("factor.code_or", "factor_code", "factor.show", SecondFactorState.show),
    )
    return rx.fragment(
        rx.el.p(words(SecondFactorState.about), class_name="soft"),
        rx.cond(SecondFactorState.proved != "", shown, asked),
    )


def page() -> rx.Component:
    """The page."""
    general = (SecondFactorState.problem != "") & (SecondFactorState.field_problems.length() == 0)
    known = rx.cond(
        SecondFactorState.codes.length() > 0,
        _codes(),
        rx.cond(SecondFactorState.stands, _standing(), rx.cond(SecondFactorState.picture != "", _scan(), _begin())),
    )
    content = rx.el.div(
        rx.el.h1(t("factor.title"), class_name="t-h1"),
        rx.el.p(t("factor.lead"), class_name="soft"),
        rx.cond(SecondFactorState.said != "", note(words(SecondFactorState.said), "ok", role="status"), rx.fragment()),
        rx.cond(general, note(words(SecondFactorState.problem), "err", role="alert"), rx.fragment()),
        rx.cond(SecondFactorState.loaded, known, loading(skeleton("h-40 w-full"))),
        on_unmount=SecondFactorState.put_away,
        class_name="p-4 lg:p-7 max-w-[720px] flex flex-col gap-4",
    )
    return admin_page(content, refused=SecondFactorState.refused, active="")
