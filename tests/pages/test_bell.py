"""What an open tab does with news: the badge and the list follow all of them, a toast says only the urgent (NOT-02)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import reflex as rx
from sqlalchemy import Engine

from cleanit_app.domain.actors import Actor
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.models import Notification
from cleanit_app.models.base import id_of_moment
from cleanit_app.notification_kinds import KINDS, kind_named
from cleanit_app.services.auth.sign_in import open_session
from cleanit_app.settings import Settings
from cleanit_app.state import base, session
from cleanit_app.state.current_user import CurrentUserState
from cleanit_app.state.toasts import AT_ONCE, toast
from cleanit_app.wiring import Wiring
from tests.factories import Town

pytestmark = pytest.mark.row("NOT-02")


@pytest.fixture
def parts(settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch, db: Engine) -> Wiring:
    parts = Wiring(settings)
    for module in (session, base):
        monkeypatch.setattr(module, "wiring", lambda: parts)
    return parts


class Bell:
    """The state of a signed-in tab, without its browser."""

    def __init__(self, town: Town, parts: Wiring, person: Actor) -> None:
        self.town, self.person = town, person
        with parts.open_uow() as uow:
            secret = open_session(uow, user_id=person.user_id, user_agent="tests", with_cookie=True).secret
        root = rx.State(_reflex_internal_init=True)
        given: dict[str, Any] = {"headers": {"cookie": f"sid={secret}"}, "token": "tab"}
        root._update_router_vars(given, {})
        root.router_data = given
        self.who = root.get_substate(CurrentUserState.get_full_name().split(".")[1:])

    def come(self) -> None:
        asyncio.run(self.who._learn(arriving=True))

    def hear(self) -> list[str]:
        """News: look, and give the kinds of what popped up for it."""
        self.who.toasts = []
        asyncio.run(self.who._learn(arriving=False))
        return [toast.id for toast in self.who.toasts]

    def arrive(self, path: str, document: str = "one") -> None:
        """Open a page in this tab; another document is a reload."""
        root = self.who.parent_state
        given = {**root.router_data, "pathname": path, "asPath": path, "sid": document}
        root.router_data = given
        root._update_router_vars(given, {})
        asyncio.run(self.who.arrive())

    def listen(self) -> list[str]:
        """News: look, and give the ids of what is still there to be seen, the newest first."""
        asyncio.run(self.who._learn(arriving=False))
        return [toast.id for toast in self.who.toasts]

    def tell(self, kind: str, *, ago: float = 0, link: str = "/", **values: Any) -> str:
        """A notification whose id was made some seconds ago and that is committed now."""
        with self.town.uow() as uow:
            made = id_of_moment(uow.now - timedelta(seconds=ago))
            uow.add(Notification(id=made, user_id=self.person.user_id, kind=kind, values=values, link=link,
                                 dedupe_key=str(made), created_at=uow.now))  # fmt: skip
        return str(made)


def test_the_first_notification_of_an_empty_inbox_pops_up_and_a_late_one_too(town: Town, parts: Wiring) -> None:
    bell = Bell(town, parts, town.person())
    bell.come()
    assert bell.hear() == []
    first = bell.tell("password_changed")
    assert bell.hear() == [first]
    late = bell.tell("password_changed", ago=5)  # made before the first and committed after it
    assert bell.hear() == [late]
    assert bell.hear() == []
    assert bell.who.unread == 2


def test_what_came_before_the_tab_does_not_pop_up_in_it(town: Town, parts: Wiring) -> None:
    bell = Bell(town, parts, town.person())
    for second in range(30):
        bell.tell("password_changed", ago=60 - second)
    bell.come()
    assert bell.hear() == []
    assert bell.hear() == []
    assert bell.who.unread == 30


def test_what_can_wait_moves_the_badge_and_pops_up_for_nobody(town: Town, parts: Wiring) -> None:
    bell = Bell(town, parts, town.person())
    bell.come()
    bell.tell("job_unclaimed", place="Gandhi Nagar")
    assert bell.hear() == []
    assert bell.who.unread == 1
    assert [notification.unread for notification in bell.who.notifications] == [True]


def test_security_and_legal_news_are_always_urgent_and_the_account_has_a_look_of_its_own() -> None:
    about = (NotificationCategory.SECURITY, NotificationCategory.LEGAL)
    always = [kind for kind in KINDS.values() if kind.category in about]
    taken = {"data_exported_admin", "transactions_exported", "tax_quarter_taken"}
    assert {kind.name for kind in always if not kind.urgent} == taken
    security = [kind for kind in KINDS.values() if kind.category is NotificationCategory.SECURITY]
    assert {kind.tone.value for kind in security} == {"problem", "security"}
    assert kind_named("a kind that nobody sorted").urgent


PROBLEM = "job_cancelled"


def test_a_problem_is_gone_once_its_page_is_opened_in_any_tab(town: Town, parts: Wiring) -> None:
    person = town.person()
    here, there = Bell(town, parts, person), Bell(town, parts, person)
    here.arrive("/jobs"), there.arrive("/jobs")
    first, second = (
        here.tell(PROBLEM, ago=1, place="Gali 4", link="/work"),
        here.tell(PROBLEM, place="Gali 4", link="/earnings"),
    )
    assert here.listen() == there.listen() == [second, first]
    assert [toast.stays for toast in here.who.toasts] == [True, True]
    there.arrive("/work")
    assert there.listen() == here.listen() == [second]
    there.arrive("/earnings")
    assert there.listen() == here.listen() == []
    assert (here.who.unread, there.who.unread) == (0, 0)


def test_a_problem_is_gone_once_it_is_read_and_with_the_next_document(town: Town, parts: Wiring) -> None:
    bell = Bell(town, parts, town.person())
    bell.arrive("/jobs")
    first, second = (
        bell.tell(PROBLEM, ago=1, place="Gandhi Nagar", link="/work/1"),
        bell.tell(PROBLEM, place="Gali 4", link="/work/2"),
    )
    assert bell.listen() == [second, first]
    asyncio.run(bell.who.open_notification(second))
    assert bell.listen() == [first]
    bell.arrive("/profile")
    assert bell.listen() == [first]
    bell.arrive("/profile", document="two")
    assert bell.listen() == []
    assert bell.who.unread == 1


def test_the_newest_word_of_a_thing_takes_the_place_of_the_older_and_nothing_queues(town: Town, parts: Wiring) -> None:
    bell = Bell(town, parts, town.person())
    bell.arrive("/jobs")
    bell.tell(PROBLEM, ago=1, place="Gandhi Nagar", link="/work/1")
    bell.listen()
    over = bell.tell("job_claimed_self", link="/work/1", place="Gandhi Nagar", deadline="2026-11-25T10:30:00+00:00")
    assert bell.listen() == [over]
    passing = [bell.tell("password_changed", link=f"/{n}") for n in range(4)]
    assert bell.listen()[0] in passing
    assert len([t for t in bell.who.toasts if not t.stays]) <= 1
    assert len(bell.who.toasts) <= AT_ONCE


def test_a_problem_of_the_page_that_is_open_passes_by_itself(town: Town, parts: Wiring) -> None:
    bell = Bell(town, parts, town.person())
    bell.arrive("/work/1")
    told = bell.tell(PROBLEM, place="Gandhi Nagar", link="/work/1")
    assert bell.listen() == [told]
    assert [(toast.stays, toast.href) for toast in bell.who.toasts] == [(False, "")]


@pytest.mark.parametrize(
    ("said", "line", "more"),
    [
        ("Kudiya Ghat is clean. Your ₹1,000 is released.", "Kudiya Ghat is clean.", "Your ₹1,000 is released."),
        ("Ramesh took Gali No. 4 by Dr. Ambedkar Park.", "Ramesh took Gali No. 4 by Dr. Ambedkar Park.", ""),
        ("घाट साफ़ है। आपके ₹1,000 दिए गए।", "घाट साफ़ है।", "आपके ₹1,000 दिए गए।"),
    ],
)  # fmt: skip
def test_the_bold_line_of_a_toast_is_its_first_sentence(said: str, line: str, more: str) -> None:
    made = toast("good", said)
    assert (made.text, made.more, made.stays) == (line, more, False)
