"""What the page of one's account knows and does: contacts and their codes, the password, the sign-ins."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app import routes
from cleanit_app.domain.codes import CONTACTS, masked
from cleanit_app.domain.errors import DomainError
from cleanit_app.i18n import LANGUAGES, say
from cleanit_app.i18n.formats import ago
from cleanit_app.reads.auth.sessions import SessionItem, my_sessions
from cleanit_app.reads.people.people import Profile, profile
from cleanit_app.reads.people.photo_consents import PhotoConsents, my_photo_consents
from cleanit_app.services.auth.password_change import change_password
from cleanit_app.services.auth.session_revocation import end_my_other_sessions, end_my_session
from cleanit_app.services.people.contacts import ask_to_confirm, confirm_contact
from cleanit_app.services.people.name_changes import correct_profile
from cleanit_app.services.people.photo_consents import PURPOSES, choose_photo_consents
from cleanit_app.state.base import NOTHING
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.password_again import PasswordState
from cleanit_app.state.session import language_of_tab

DATA_FILE = routes.DATA_EXPORT
_PASSWORD_FIELDS = (
    "currentPassword",
    "presentPassword",
    "dataPassword",
    "namePassword",
)  # one name each: a field has its own id

# The first that fits names the browser; others call themselves by several of these names.
_BROWSERS = (("Edg", "Edge"), ("OPR|Opera", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
             ("Chrome|CriOS", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone|iPad", "iOS"), ("Windows", "Windows"), ("Mac OS", "macOS"),
            ("Linux|CrOS", "Linux"))  # fmt: skip


@dataclass(frozen=True)
class SignInView:
    """One open sign-in as the page shows it; `browser` is empty when it said nothing of itself."""

    id: str
    browser: str
    address: str
    since: str
    seen: str
    here: bool


class AccountState(PasswordState, rx.State):
    """My contacts, password and sign-ins. Passwords and codes pass through and stay nowhere."""

    name: str = ""
    language: str = "en"
    name_asked: str = ""
    name_refused: str = ""
    name_checked: bool = False  # a cleaner's new name is looked at first
    turn: int = 0  # a form that was sent well begins anew
    phone: str = ""
    email: str = ""
    phone_mine: bool = False
    email_mine: bool = False
    changing: str = ""  # the contact whose form is open
    code_for: str = ""  # the contact whose code is awaited
    code_to: str = ""
    sign_ins: list[SignInView] = []
    said: str = NOTHING
    said_at: str = ""  # beside what it is said: phone, email, password or sessions
    busy: bool = False
    broken: bool = False
    terms_due: bool = False
    gallery: bool = False
    marketing: bool = False
    credit: bool = True
    kept: bool = False  # it was to be deleted, and stays
    goal: str = ""  # where one was going, for want of a code
    asked: int = 0  # how often a code was sent: each begins the pause anew
    _code_id: str = ""
    _asked_for: str | None = None

    @rx.event
    async def load(self) -> None:
        """Read contacts and sign-ins."""
        self.reset()
        self.kept = self.router.url.query_parameters.get("kept") == "1"
        self.goal = routes.inside(self.router.url.query_parameters.get("next"), "")
        await self._look()

    @rx.event
    async def change(self, field: str) -> None:
        """Open the form for another phone or mailbox."""
        self._begin()
        self.changing, self.code_for = field if field in CONTACTS else "", ""

    @rx.event
    async def leave_it(self) -> None:
        """Close whatever form is open."""
        self._begin()
        self.changing, self.code_for = "", ""

    @rx.event
    async def send_code(self, field: str) -> AsyncIterator[Any]:
        """Have a code sent to the phone or mailbox the account has."""
        if self.busy:
            return
        self._begin()
        self.busy = True
        yield
        await self._ask_for_code(field, None)
        self.busy = False

    @rx.event
    async def send_to_new(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Have a code sent to another phone or mailbox, after the password."""
        if self.busy or not self.changing:
            return
        self._begin()
        self.busy = True
        yield
        given = _texts(form)
        if await self._confirmed(given):
            await self._ask_for_code(self.changing, given.get(self.changing) or " ")
        self.busy = False

    @rx.event
    async def send_again(self) -> AsyncIterator[Any]:
        """Another code to where the first one went; only the last one fits."""
        if self.busy or not self.code_for:
            return
        self._begin()
        self.busy = True
        yield
        await self._ask_for_code(self.code_for, self._asked_for)
        if not self._refused():
            self.said, self.said_at = say("join.again_sent"), self.code_for
        self.busy = False

    @rx.event
    async def confirm_code(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """The code that came."""
        if self.busy or not self.code_for:
            return
        self._begin()
        self.busy = True
        yield
        parts = self._parts()
        await self._tell(
            confirm_contact,
            limits=parts.limits,
            keyed=parts.keyed_hash,
            code_id=self._code_id,
            code=_texts(form).get("code", ""),
        )
        if not self._refused():
            self.said, self.said_at = say("account.contact_kept"), self.code_for
            self.changing, self.code_for = "", ""
            await self._look()
            if self.goal:
                yield rx.redirect(self.goal)
        self.busy = False

    @rx.event
    async def save_password(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """A new password, after the present one."""
        if self.busy:
            return
        self._begin()
        self.changing, self.busy = "", True
        yield
        given = _texts(form)
        if await self._confirmed(given):
            made = await self._tell(change_password, password=given.get("password", ""))
            if made is not None:
                self.said, self.said_at = say("account.password_kept"), "password"
                await self._look()
        self.busy = False

    @rx.event
    async def save_profile(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Another name or language; a cleaner's name after the password, for pay hangs on it."""
        if self.busy:
            return
        self._begin()
        self.changing, self.busy = "profile", True
        yield
        given, was = _texts(form), self.name
        needs = self.name_checked and given.get("name", "") not in ("", self.name_asked or was)
        if not needs or await self._confirmed(given):
            wanted = {"name": given.get("name", ""), "name_was": was, "language": given.get("language")}
            if await self._do(correct_profile, spoken=LANGUAGES, **wanted) is not None:
                await self._look()
                self.said, self.said_at = say("account.name_waits" if self.name_asked else "account.kept_name"), "name"
                self.turn += 1
                yield CurrentUserState.arrive
        self.busy = False

    @rx.event
    async def keep_name(self) -> None:
        """Take the new name back that waits: the present one stays."""
        self._begin()
        self.changing = "profile"
        if await self._do(correct_profile, spoken=LANGUAGES, name=self.name) is not None:
            self.said, self.said_at = say("account.name_stays"), "name"
            self.turn += 1
        await self._look()

    @rx.event
    async def take_data(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """A copy of all my data, after the password; the browser fetches the file itself."""
        if self.busy:
            return
        self._begin()
        self.changing, self.busy = "data", True
        yield
        if await self._confirmed(_texts(form)):
            self.said, self.said_at = say("account.data_ready"), "data"
            yield rx.download(url=DATA_FILE)
        self.busy = False

    @rx.event
    async def choose_photos(self, purpose: str) -> None:
        """Turn one consent about my photos around; a no holds at once."""
        self._begin()
        if purpose in PURPOSES:
            await self._do(choose_photo_consents, **{purpose: not getattr(self, purpose)})
            if not self._refused():
                self.said, self.said_at = say("consent.kept"), "photos"
        await self._look()

    @rx.event
    async def end(self, session_id: str) -> None:
        """Sign out at one other place."""
        self._begin()
        known = next((one for one in self.sign_ins if one.id == session_id and not one.here), None)
        if known is None:
            return
        ended = await self._do(end_my_session, session_id=UUID(known.id))
        if ended is not None:
            self.said, self.said_at = say("account.ended"), "sessions"
        await self._look()

    @rx.event
    async def end_others(self) -> None:
        """Sign out everywhere but here."""
        self._begin()
        ended = await self._do(end_my_other_sessions)
        if ended is not None:
            self.said, self.said_at = say("account.ended"), "sessions"
            await self._look()

    def _begin(self) -> None:
        self._clear_problems()
        self.said, self.said_at = NOTHING, ""

    def _refused(self) -> bool:
        return self.problem != NOTHING

    async def _confirmed(self, given: dict[str, str]) -> bool:
        typed = next((given[name] for name in _PASSWORD_FIELDS if given.get(name)), "")
        return await self._is_password(typed)

    async def _ask_for_code(self, field: str, contact: str | None) -> None:
        code_id = await self._tell(
            ask_to_confirm, limits=self._parts().limits, field=field, contact=contact, language=language_of_tab(self)
        )
        if code_id is not None:
            there = contact if contact else {"phone": self.phone, "email": self.email}[field]
            self._code_id, self.code_for, self.changing, self.code_to = str(code_id), field, "", masked(there.strip())
            self._asked_for, self.asked = contact, self.asked + 1

    async def _look(self) -> None:
        try:
            mine: Profile = await self._ask(profile)
            photos: PhotoConsents = await self._ask(my_photo_consents)
            sessions: tuple[SessionItem, ...] = await self._ask(my_sessions)
        except DomainError:
            self.broken, self.loaded = True, True
            return
        now = self._parts().clock.now()
        self.name, self.language = mine.name, mine.language
        self.name_asked, self.name_refused = mine.name_asked or "", mine.name_refused or ""
        self.name_checked = mine.cleaner is not None
        self.phone, self.email = mine.phone or "", mine.email or ""
        self.gallery, self.marketing, self.credit = bool(photos.gallery), bool(photos.marketing), photos.credit
        self.terms_due = mine.terms_due
        self.phone_mine, self.email_mine = mine.phone_confirmed, mine.email_confirmed
        self.sign_ins = [
            SignInView(
                str(s.id), browser_name(s.browser), s.address, ago(s.created_at, now), ago(s.last_seen_at, now), s.here
            )
            for s in sessions
        ]
        self.broken, self.loaded = False, True


def _texts(form: object) -> dict[str, str]:
    """The text fields of a form that came from a browser."""
    known = form if isinstance(form, dict) else {}
    return {str(name): value for name, value in known.items() if isinstance(value, str)}


def browser_name(user_agent: str) -> str:
    """What a person would call this browser: `Chrome, Android`; empty when it does not say."""
    named = [
        next((name for pattern, name in kinds if re.search(pattern, user_agent)), "") for kinds in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(name for name in named if name)
