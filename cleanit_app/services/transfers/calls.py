"""A call that moves money, whatever for: asked or sent, its answer sorted; no transaction is open during it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from cleanit_app.domain.flows import AfterNo
from cleanit_app.domain.transfer_reasons import TransferReason
from cleanit_app.models import Attempt
from cleanit_app.ports import ProviderKeyConflict, ProviderRejected, ProviderUnknown
from cleanit_app.services.crashpoints import crashpoint
from cleanit_app.services.transfers import attempts
from cleanit_app.services.transfers.attempts import NextStep, Task
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

Known = TypeVar("Known")
ABOUT_US = (TransferReason.BALANCE_SHORT, TransferReason.NO_ACCESS)  # a wait, not a failure of this transfer


def after_no(no: ProviderRejected) -> AfterNo | None:
    """WAIT for a no that is about us and not about this transfer."""
    return AfterNo.WAIT if no.reason in ABOUT_US else None


def reason_of(no: ProviderRejected) -> str:
    """Our reason where we have one for a whole transfer, else what the provider said, for people to read."""
    ours = no.reason in ABOUT_US or no.reason is TransferReason.PAYMENT_TOO_OLD
    return no.reason if ours and no.reason else no.description


def call_of(step: NextStep, ask: Callable[[], Any], send: Callable[[], Any]) -> Callable[[], Any] | None:
    """The call that a step asks for; None when there is nothing to do."""
    calls: dict[NextStep, Callable[[], Any]] = {
        NextStep.ASK: ask,
        NextStep.SEND: send,
        NextStep.ASK_THEN_SEND: lambda: ask() or send(),
    }
    return calls.get(step)


def asked(question: Callable[[], Known]) -> Known:
    """The answer to a question about an earlier call; a refusal to answer says nothing about that call."""
    try:
        return question()
    except ProviderRejected as no:
        raise ProviderUnknown(f"the question was refused: {no.description}") from no


def answer_of(open_uow: OpenUow, attempt_id: UUID, call: Callable[[], Any]) -> Any:
    """The provider's answer, its definite no, or None after noting that nothing is known."""
    try:
        answer = call()
    except ProviderRejected as no:
        return no
    except ProviderUnknown as silence:
        answer, why = None, str(silence) or type(silence).__name__
    else:
        why = "the provider does not know it"
    if answer is None:
        with open_uow() as uow:
            attempts.unknown(uow, uow.lock(Attempt, attempt_id), why)
    return answer


def carry_out(
    open_uow: OpenUow,
    *,
    attempt_id: UUID,
    flow: str,
    call: Callable[[Task], Callable[[], Any] | None],
    record: Callable[[UnitOfWork, UUID, Any], AfterNo | None],
) -> AfterNo | None:
    """Lease an attempt, make (or repeat, or ask about) its call, record the answer; no transaction is open meanwhile.

    `flow` begins the names of the places where a test may kill this process.
    """
    with open_uow() as uow:
        task = attempts.take_up(uow, attempt_id=attempt_id)
    crashpoint(f"{flow}.after_lease")
    made = call(task)
    if made is None:
        return None
    answer = answer_of(open_uow, attempt_id, made)
    crashpoint(f"{flow}.after_call")
    with open_uow() as uow:
        after = record(uow, attempt_id, answer)
    crashpoint(f"{flow}.after_record")
    return after


def says_nothing_of_it(uow: UnitOfWork, attempt: Attempt, no: ProviderRejected) -> bool:
    """Whether a refusal leaves open what became of the locked attempt, which is then noted on it.

    A key that was used for another request is a person's puzzle; a wait after an earlier try says nothing of that try.
    """
    if isinstance(no, ProviderKeyConflict):
        attempts.puzzle(uow, attempt, TransferReason.KEY_CONFLICT)
    elif after_no(no) is AfterNo.WAIT and attempt.tries > 1:
        attempts.unknown(uow, attempt, no.description)  # an earlier call may have happened
    else:
        return False
    return True


def owner_of(value: UUID | None) -> UUID:
    """The payout or refund that an attempt is for; ValueError when it is for none, which no CHECK lets be."""
    if value is None:
        raise ValueError("attempt without a purpose")
    return value
