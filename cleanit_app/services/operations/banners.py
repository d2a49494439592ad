"""The banner of the site: set by a senior in every language, taken away before its time (OPS-01)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.banners import BannerTone
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.errors import FieldProblem, InvalidFields
from cleanit_app.domain.events import BannerEnded, BannerSet
from cleanit_app.domain.reading.signs import Unreadable
from cleanit_app.models import SiteBanner, new_id
from cleanit_app.services.input_validation import Form, moment
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.unit_of_work import UnitOfWork

LANGUAGES = ("en", "hi", "mr")
_INSIDE = re.compile(r"/(?![/\\])[^\\\s]{0,299}")
_NO_PAGES = ("api", "session", "files")


def set_banner(
    uow: UnitOfWork,
    *,
    actor: Actor,
    said: Mapping[str, object],
    tone: object,
    until_at: object,
    from_at: object = None,
    link: object = "",
) -> SiteBanner:
    """Let everybody see some words on every page from now (or a later moment) until another moment.

    A senior with the second factor. InvalidFields names every problem: words missing in a language, an unknown tone, a
    time that is past, backwards or too long, a link that leads elsewhere, another banner in that time.
    """
    actor.must(Permission.MANAGE_ADMINS)
    actor.must_prove()
    form = Form()
    words = {lang: form.text(lang, said.get(lang), LIMITS.banner_length, "banner") for lang in LANGUAGES}
    colour = form.read("tone", _tone, tone)
    begin, end = _times(form, from_at, until_at, uow.now)
    where = _link(form, link)
    form.done()
    uow.lock_name(NamedLock.BANNER, "site")
    standing = (col(SiteBanner.ended_at).is_(None), col(SiteBanner.until_at) > begin, col(SiteBanner.from_at) < end)
    if uow.first(SiteBanner, *standing) is not None:
        raise InvalidFields({"fromAt": FieldProblem("banner_other")})
    banner = uow.add(
        SiteBanner(
            id=new_id(), said=words, tone=str(colour), link=where, from_at=begin, until_at=end, made_at=uow.now,
            made_by=actor.user_id,
        )
    )  # fmt: skip
    uow.flush()
    uow.record(BannerSet(banner.id, banner.tone, begin.isoformat(), end.isoformat()), by=actor)
    return banner


def end_banner(uow: UnitOfWork, *, actor: Actor, banner_id: UUID) -> SiteBanner:
    """Take a banner away now, wherever it is seen or would be; one that is over stays as it is. NotFound for none."""
    actor.must(Permission.MANAGE_ADMINS)
    actor.must_prove()
    banner = uow.lock(SiteBanner, banner_id)
    if banner.ended_at is None and banner.until_at > uow.now:
        banner.ended_at, banner.ended_by = uow.now, actor.user_id
        uow.record(BannerEnded(banner.id), by=actor)
    return banner


def _tone(typed: object) -> BannerTone:
    try:
        return BannerTone(str(typed))
    except ValueError:
        raise Unreadable("value_unreadable") from None


def _times(form: Form, from_at: object, until_at: object, now: datetime) -> tuple[datetime, datetime]:
    """From when until when; with a problem of the form where they cannot be."""
    begin = now if from_at in (None, "") else moment(from_at)
    end = moment(until_at)
    if begin is None or begin.tzinfo is None:
        form.problem("fromAt", "banner_moment")
    if end is None or end.tzinfo is None:
        form.problem("untilAt", "banner_moment")
    if form.problems.keys() & {"fromAt", "untilAt"} or begin is None or end is None:
        return now, now
    begin = max(begin, now)
    if not begin < end <= now + LIMITS.banner_within:
        form.problem("untilAt", "banner_time", days=LIMITS.banner_within.days)
    return begin, end


def _link(form: Form, typed: object) -> str:
    where = str(typed or "").strip()
    if where and (not _INSIDE.fullmatch(where) or not where.isprintable() or where.split("/")[1] in _NO_PAGES):
        form.problem("link", "banner_link")
    return where
