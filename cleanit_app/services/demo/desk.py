"""Demo data of the desk: one question to support, one dispute, one case of fraud and one run over many (OPS-01)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import col

from cleanit_app.domain.actors import Actor, Role
from cleanit_app.domain.bulk import NoticeGroup
from cleanit_app.domain.disputes import DisputeAbout
from cleanit_app.domain.statuses import ContributionStatus, UserStatus
from cleanit_app.domain.support import Topic
from cleanit_app.models import Contribution, SupportTicket, User
from cleanit_app.services.bulk import rows
from cleanit_app.services.bulk.notices import order_bulk_notice
from cleanit_app.services.demo.places import ADMIN, CITIZEN
from cleanit_app.services.fraud.cases import report_person
from cleanit_app.services.review.questions import raise_question
from cleanit_app.services.support.desk import answer_ticket
from cleanit_app.services.support.help_articles import publish_article, write_article
from cleanit_app.services.support.messages import Words
from cleanit_app.services.support.tickets import open_ticket
from cleanit_app.services.unit_of_work import UnitOfWork

REPORTED = "arif@cleanit.example"
NOTICE = {
    "en": "From Monday on the desk opens at nine. This is a notice of the demo.",
    "hi": "सोमवार से डेस्क नौ बजे खुलेगा। यह डेमो की एक सूचना है।",
    "mr": "सोमवारपासून डेस्क नऊ वाजता उघडेल. ही डेमोची एक सूचना आहे.",
}
ARTICLE = {
    "en": {
        "title": "When does the cleaner get the money?",
        "text": "A day after we have checked the photo, at ten in the morning. Until then we hold it.",
    },
    "hi": {
        "title": "सफ़ाईकर्मी को पैसा कब मिलता है?",
        "text": "हमारे फ़ोटो जाँचने के एक दिन बाद, सुबह दस बजे। तब तक पैसा हमारे पास सुरक्षित रहता है।",
    },
}
OpenAt = Callable[[datetime], AbstractContextManager[UnitOfWork]]


def load_desk(open_at: OpenAt, now: datetime, people: Mapping[str | None, Actor]) -> bool:
    """Give the desk something to look at; False when it was done before."""
    with open_at(now) as uow:
        if uow.first(SupportTicket, SupportTicket.person_id == people[CITIZEN].user_id) is not None:
            return False
    _ask(open_at, now, people)
    with open_at(now - timedelta(hours=9)) as uow:
        mine = (Contribution.contributor_id == people[CITIZEN].user_id, col(Contribution.kept_paise) > 0)
        given = uow.first(Contribution, *mine, Contribution.status == ContributionStatus.SUCCESS)
        if given is not None:
            said = "My bank shows this payment twice. Please look whether both reached you."
            raise_question(uow, actor=people[CITIZEN], about=DisputeAbout.PAYMENT, reason=said, subject_id=given.id)
    with open_at(now - timedelta(hours=5)) as uow:
        seen = "Two neighbours say that somebody else did the cleaning for him. No job of his is open."
        report_person(uow, actor=people[ADMIN], user_id=people[REPORTED].user_id, note=seen)
    _tell(open_at, now - timedelta(hours=2), replace(people[ADMIN], proved=True))
    return True


def _ask(open_at: OpenAt, now: datetime, people: Mapping[str | None, Actor]) -> None:
    """Somebody asked yesterday and has an answer, which became a help article."""
    with open_at(now - timedelta(hours=26)) as uow:
        words = Words("I gave by UPI this morning. When does the cleaner get the money?")
        ticket = open_ticket(uow, actor=people[CITIZEN], topic=Topic.PAYMENT, words=words)
    with open_at(now - timedelta(hours=20)) as uow:
        words = Words("A day after we have checked the photo, at ten in the morning. Until then we hold it.")
        answer_ticket(uow, actor=people[ADMIN], ticket_id=ticket.id, words=words)
    with open_at(now - timedelta(hours=19)) as uow:
        admin = replace(people[ADMIN], proved=True)
        write_article(uow, actor=admin, ticket_id=ticket.id, words=ARTICLE)
        publish_article(uow, actor=admin, ticket_id=ticket.id)


def _tell(open_at: OpenAt, at: datetime, admin: Actor) -> None:
    """A notice to the admins, who are few: its run has ended."""
    with open_at(at) as uow:
        admins = uow.all(User, User.role == Role.ADMIN.value, User.status == UserStatus.ACTIVE)
        run = order_bulk_notice(
            uow,
            actor=admin,
            group=NoticeGroup(role=Role.ADMIN, standing=UserStatus.ACTIVE),
            words="",
            said=NOTICE,
            marketing=False,
            typed_count=str(len(admins)),
            idempotency_key="demo-notice-1",
        )
    with open_at(at) as uow:
        for row_id in rows.waiting_rows(uow, run_id=run.id, limit=10):
            rows.do_row(uow, run_id=run.id, row_id=row_id)
    with open_at(at) as uow:
        rows.end_run(uow, run_id=run.id)
