"""Changing the answers that are ready at the support desk: by a senior, with a reason, never forgotten (OPS-01)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, text
from sqlmodel import col

from cleanit_app.domain.actors import Actor, Permission
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.canned_answers import FIGURES, LANGUAGES, SHIPPED, figures_in
from cleanit_app.domain.errors import FieldProblem, InvalidFields, NotFound
from cleanit_app.domain.events import CannedAnswerChanged
from cleanit_app.models import CannedAnswerVersion, new_id
from cleanit_app.services.input_validation import Form
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.unit_of_work import UnitOfWork

Typed = Mapping[str, Mapping[str, object]]
"""Language → `topic` and `text` as somebody typed them."""
_OWN = text("SELECT count(DISTINCT answer) FROM canned_answer_versions")


def add_canned_answer(uow: UnitOfWork, *, actor: Actor, words: Typed, why: object) -> CannedAnswerVersion:
    """Make another answer ready, in at least one language; a senior with the second factor.

    InvalidFields names each problem at its field (`enText`, `hiTopic`, `why`), and when there are too many answers.
    """
    actor.must(Permission.MANAGE_ADMINS)
    actor.must_prove()
    uow.lock_name(NamedLock.SETTING, "canned")
    answer = str(new_id())
    read, reason = _read(answer, words, why)
    if uow.run(_OWN).scalar_one() >= LIMITS.canned_answers:
        raise InvalidFields({"why": FieldProblem("canned_many", most=LIMITS.canned_answers)})
    return _write(uow, actor, answer, read, reason, retired=False)


def change_canned_answer(
    uow: UnitOfWork,
    *,
    actor: Actor,
    answer: object,
    why: object,
    words: Typed | None = None,
    retired: bool | None = None,
    seen: object = None,
) -> CannedAnswerVersion:
    """Give an answer other words, offer it no more or again; None leaves either as it is.

    A language without words speaks the shipped ones, or another language. A senior with the second factor. `seen` is
    the version that was shown (empty: none): InvalidFields when another has been made since, when nothing would
    change, and for each problem at its field; NotFound for no answer.
    """
    actor.must(Permission.MANAGE_ADMINS)
    actor.must_prove()
    last = _last(uow, str(answer), seen)
    before, was_retired = (last.words, last.retired) if last else ({}, False)
    read, reason = _read(str(answer), before if words is None else words, why)
    gone = was_retired if retired is None else retired
    if (read, gone) == (before, was_retired):
        raise InvalidFields({"why": FieldProblem("setting_same")})
    return _write(uow, actor, str(answer), read, reason, retired=gone)


def _last(uow: UnitOfWork, answer: str, seen: object) -> CannedAnswerVersion | None:
    """The version that counts, held until the end; None for a shipped answer that nobody has changed."""
    uow.lock_name(NamedLock.SETTING, f"canned:{answer}"[:80])
    mine = select(CannedAnswerVersion).where(col(CannedAnswerVersion.answer) == answer[:80])
    last = uow.run(mine.order_by(col(CannedAnswerVersion.id).desc()).limit(1)).scalar()
    if last is None and answer not in SHIPPED:
        raise NotFound(what="CannedAnswer")
    if seen is not None and str(seen) != (str(last.id) if last else ""):
        raise InvalidFields({"why": FieldProblem("canned_moved")})
    return last


def _read(answer: str, typed: Typed, why: object) -> tuple[dict[str, dict[str, str]], str]:
    """Words and reason as they are kept; InvalidFields names all that is wrong with them at once."""
    form, read = Form(), {}
    for language in LANGUAGES:
        given = typed.get(language) or {}
        topic, said = (str(given.get(part) or "").strip() for part in ("topic", "text"))
        if not topic and not said:
            continue
        read[language] = {
            "topic": form.text(f"{language}Topic", topic, LIMITS.canned_topic_length, "canned_topic"),
            "text": form.text(f"{language}Text", said, LIMITS.support_text_length, "canned_text", lines=True),
        }
        _figures(form, answer, language, read[language]["topic"], read[language]["text"])
    if not read and answer not in SHIPPED:
        form.problem("enTopic", "canned_nothing")
    reason = form.text("why", why, LIMITS.desk_note_length, "setting_why", lines=True)
    form.done()
    return read, reason


def _figures(form: Form, answer: str, language: str, topic: str, answered: str) -> None:
    """Figures of the house stay figures: known ones alone, and all that the shipped words have."""
    said, others = figures_in(answered)
    if others or said - FIGURES:
        form.problem(f"{language}Text", "canned_braces")
    elif missing := SHIPPED.get(answer, frozenset()) - said:
        form.problem(f"{language}Text", "canned_figures", names=", ".join(f"{{house.{n}}}" for n in sorted(missing)))
    if figures_in(topic) != (frozenset(), False):
        form.problem(f"{language}Topic", "canned_braces")


def _write(
    uow: UnitOfWork, actor: Actor, answer: str, words: dict[str, dict[str, str]], why: str, *, retired: bool
) -> CannedAnswerVersion:
    version = uow.add(
        CannedAnswerVersion(
            id=new_id(), answer=answer, words=words, retired=retired, why=why, made_at=uow.now, made_by=actor.user_id
        )
    )
    uow.flush()
    title = next((words[one]["topic"] for one in LANGUAGES if one in words), "")
    uow.record(CannedAnswerChanged(version.id, actor.user_id, title, retired, why), by=actor)
    return version
