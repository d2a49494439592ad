"""Deciding on one after-photo: what is looked at, what is ticked, and what happens then (VER-03 to VER-05)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

import reflex as rx

from cleanit_app.domain.errors import DomainError, NotFound
from cleanit_app.i18n import say
from cleanit_app.i18n.catalogue import spoken_language
from cleanit_app.i18n.locales import DEVANAGARI
from cleanit_app.pages.admin.review.undo_bar import UndoBarState
from cleanit_app.pages.admin.review.verification_job.view import (
    POINTS,
    CheckView,
    FlagView,
    SignalView,
    check_view,
    flag_views,
    flagged_points,
    points_of,
    signal_views,
    turn_of_another,
)
from cleanit_app.pages.admin.review.verification_queue import VerificationQueueState
from cleanit_app.reads.campaigns.map_names import map_names
from cleanit_app.reads.review.verification import item
from cleanit_app.routes import ADMIN_CHECKS, checking
from cleanit_app.services.review.pending_decisions import Rejection, decide
from cleanit_app.services.review.reviewing import begin_review, escalate_review
from cleanit_app.services.review.verification import Checklist, RejectionReason
from cleanit_app.state.admin_desk import AdminDeskState, as_id
from cleanit_app.state.current_user import CurrentUserState

MEANWHILE = frozenset({"DECISION_PENDING", "MOVE_REFUSED", "NOT_FOUND"})  # somebody else was faster
NOTE_LENGTH = 1000


def _none_ticked() -> dict[str, bool]:
    return dict.fromkeys(POINTS, False)


class VerificationJobState(AdminDeskState, rx.State):
    """The open job. Ticks and note live only here: a decision is one step, nothing is decided by halves."""

    view: CheckView = CheckView()
    map_points: list[dict[str, Any]] = []
    map_names: list[dict[str, Any]] = []
    flags: list[FlagView] = []
    signals: list[SignalView] = []
    flagged: dict[str, bool] = _none_ticked()
    ticks: dict[str, bool] = _none_ticked()
    ticked: int = 0
    note: str = ""
    note_before: str = ""  # of a decision that was undone
    reason: str = ""
    retrying: bool = True
    busy: str = ""
    missing: bool = False
    previous: str = ""
    following: str = ""
    tile_url: str = ""
    tile_credit: str = ""
    _refusal: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the job of this address and find its neighbours in the queue."""
        self._hear_everything(VerificationJobState.refresh)
        settings = self._parts().settings
        self.tile_url, self.tile_credit = settings.map_tile_url, settings.map_tile_attribution
        self.busy = ""
        self._clear_problems()
        await self._take_turn()
        await self._look()
        await self._take_up()
        await self.find_place()

    async def _take_turn(self) -> None:
        """Whoever opens a job that waits has the turn to decide on it; what comes of it is read with the job."""
        await self._do(begin_review, job_id=as_id(self.job_id))
        self._clear_problems()

    async def _take_up(self) -> None:
        """A decision on this photo was undone: what was ticked and typed for it stands there again."""
        undone = (await self.get_state(UndoBarState))._take_undone(self.view.id)
        if undone is None or str(undone.photo_id) != self.view.photo_id:
            return
        self.ticks = {point: bool(undone.checklist.get(point)) for point in POINTS}
        self.ticked = sum(self.ticks.values())
        self.note = self.note_before = undone.notes

    @rx.event
    async def refresh(self) -> list[Any]:
        """Something happened in the house: look at this job again, then at the queue."""
        await self._look()
        return [VerificationQueueState.load, UndoBarState.load, VerificationJobState.find_place, CurrentUserState.hear]

    @rx.event
    async def find_place(self) -> None:
        """Where this job stands in the queue: what comes before and after it."""
        ids = (await self.get_state(VerificationQueueState)).ids
        at = ids.index(self.view.id) if self.view.id in ids else -1
        self.previous = checking(ids[at - 1]) if at > 0 else ""
        self.following = checking(ids[at + 1]) if at + 1 < len(ids) else ""

    async def _look(self) -> None:
        try:
            found = await self._ask_here(item, job_id=as_id(self.job_id))
        except NotFound:
            self._forget()
            return
        if found is None:
            return
        now = self._parts().clock.now()
        me = (await self.get_state(CurrentUserState)).user_id
        turn_of, until = turn_of_another(found, me, now)
        view = replace(check_view(found, now), turn_of=turn_of, turn_until=until)
        if (view.id, view.photo_id) != (self.view.id, self.view.photo_id):
            self._begin()
        self.view, self.missing, self.loaded = view, False, True
        self.map_points, self.flags, self.signals = points_of(found), flag_views(found, now), signal_views(found)
        self.flagged = flagged_points(found.flags)
        if not self.tile_url:
            deva = spoken_language() in DEVANAGARI
            self.map_names = await self._ask(map_names, around=[found.place], hindi=deva)

    def _forget(self) -> None:
        self.missing = self.loaded = True
        self.view = CheckView()
        self._begin()

    def _begin(self) -> None:
        """Another photo is looked at: nothing is ticked beforehand."""
        self.ticks, self.ticked, self.note, self.reason = _none_ticked(), 0, "", ""
        self.note_before = ""
        self.retrying = True
        self._clear_problems()

    @rx.event
    async def tick(self, point: str, on: bool) -> None:
        """Tick one of the five points; beyond the radius the GPS line needs a note first."""
        if point not in POINTS or not isinstance(on, bool) or not self.view.waits:
            return
        if on and point == "gps_matches" and self.view.far and not self.note:
            return
        self.ticks = {**self.ticks, point: on}
        self.ticked = sum(self.ticks.values())

    @rx.event
    async def write_note(self, job_id: str, text: str) -> None:
        """The note for the record, as far as it is typed."""
        if job_id != self.view.id or not isinstance(text, str):
            return
        self.note = text.strip()
        if not self.note and self.view.far:
            await self.tick("gps_matches", False)

    @rx.event
    async def pick_reason(self, reason: str) -> None:
        """The reason chosen in the reject dialog."""
        if reason in list(RejectionReason):
            self.reason = reason

    @rx.event
    async def let_retry(self, on: bool) -> None:
        """Whether the same cleaner may try again; a final no asks what becomes of the cleanup."""
        self.retrying = on is True

    @rx.event
    async def approve(self, job_id: str) -> AsyncIterator[Any]:
        """Accept the photo, in ten seconds; the next job opens."""
        if job_id != self.view.id or not self.view.waits or self.busy:
            return
        self.busy = "approve"
        yield
        done = await self._do(
            decide,
            job_id=UUID(self.view.id),
            checklist=Checklist(**self.ticks),
            notes=self.note,
            seen_photo_id=UUID(self.view.photo_id),
        )
        yield await self._after(done is not None)

    @rx.event
    async def reject(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Do not accept the photo, in ten seconds; the next job opens."""
        rejection = self._rejection(form)
        if rejection is None or self.busy:
            return
        self.busy = "reject"
        yield
        done = await self._do(
            decide,
            job_id=UUID(self.view.id),
            checklist=Checklist(**self.ticks),
            notes=str(form.get("note") or ""),
            seen_photo_id=UUID(self.view.photo_id),
            rejection=rejection,
        )
        yield await self._after(done is not None)

    @rx.event
    async def escalate(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Hand the job up to seniors with what is unsure; the next job opens."""
        if form.get("job") != self.view.id or not self.view.waits or self.busy:
            return
        self.busy = "escalate"
        yield
        done = await self._do(escalate_review, job_id=UUID(self.view.id), reason=str(form.get("escalation") or ""))
        yield await self._after(done is not None, say("check.escalated_now"))

    def _rejection(self, form: dict[str, Any]) -> Rejection | None:
        """The dialog's wish, or None with what is missing at its field."""
        self._clear_problems()
        if form.get("job") != self.view.id or not self.view.waits:
            return None
        reason, note = str(form.get("reason") or ""), str(form.get("note") or "").strip()
        wrong = {} if reason in list(RejectionReason) else {"reason": say("check.reason_missing")}
        if not note:
            wrong["note"] = say("check.note_missing")
        self.field_problems = wrong
        if wrong:
            return None
        retry = bool(form.get("retry")) and reason != RejectionReason.FAKE_COMPLETION
        cancel = bool(form.get("cancel")) and not retry
        return Rejection(RejectionReason(reason), retry, cancel)

    async def _after(self, done: bool, words: str = "") -> Any:
        """Open the next job, with what can be said of this one; stay when the wish was refused for its own reason."""
        self.busy = ""
        if not done and self._refusal not in MEANWHILE:
            return None
        if not done:
            self._clear_problems()
            await self._toast(say("check.lost_race"), "problem")
        elif words:
            await self._toast(words)
        self.view = replace(self.view, waits=False)
        await (await self.get_state(UndoBarState)).load()
        return rx.redirect(await self._next())

    async def _next(self) -> str:
        ids = (await self.get_state(VerificationQueueState)).ids
        at = ids.index(self.view.id) if self.view.id in ids else -1
        others = [*ids[at + 1 :], *ids[: max(0, at)]]
        return checking(others[0]) if others else ADMIN_CHECKS

    def _show(self, refusal: DomainError) -> None:
        self._refusal = refusal.code
        super()._show(refusal)


assert set(POINTS) == set(asdict(Checklist()))  # the page ticks exactly what is recorded
