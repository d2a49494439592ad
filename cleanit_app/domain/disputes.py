"""What a person can question, who decides about it, and by when (OPS-03; decisions 20, 31 and 41)."""

from __future__ import annotations

from enum import StrEnum

from cleanit_app.domain.actors import AdminDuty, Permission
from cleanit_app.domain.statuses import DisputeStatus


class DisputeAbout(StrEnum):
    """What is questioned."""

    RESULT = "RESULT"  # an accepted result, while its pay is here: the pay waits
    PAYMENT = "PAYMENT"  # a contribution that was paid, or pay that came or did not
    REFUND = "REFUND"  # money that should come back, or came back wrong
    FEE = "FEE"  # what Cleanit or the tax office kept
    REJECTION = "REJECTION"  # an after-photo that was not accepted
    PENALTY = "PENALTY"  # a claim that ran out of time
    SUSPENSION = "SUSPENSION"  # a paused account


class DisputeSide(StrEnum):
    """Who says something in a dispute; both sides read all of it."""

    RAISER = "RAISER"
    OTHER = "OTHER"
    DESK = "DESK"


class LeftToFinance(StrEnum):
    """Why a decision in favour of who questioned a result moved no money: finance settles it by hand."""

    PAY_LEFT = "PAY_LEFT"  # the neighbours were right, but the cleaner was paid
    PART_WENT_BACK = "PART_WENT_BACK"  # the cleaner did all of it, but a part went back when it was divided
    WENT_BACK = "WENT_BACK"  # the cleaner did it, but the money went back when the cleanup ended
    WORK_TAKEN = "WORK_TAKEN"  # the cleaner did it, but somebody else has taken the work by now


DECIDES: dict[DisputeAbout, Permission] = {
    DisputeAbout.RESULT: Permission.VERIFY_JOBS,
    DisputeAbout.REJECTION: Permission.VERIFY_JOBS,
    DisputeAbout.PENALTY: Permission.VERIFY_JOBS,
    DisputeAbout.PAYMENT: Permission.SEE_FINANCES,
    DisputeAbout.REFUND: Permission.SEE_FINANCES,
    DisputeAbout.FEE: Permission.SEE_FINANCES,
    DisputeAbout.SUSPENSION: Permission.MANAGE_KYC,
}
"""Which permission decides about what; who has none of them sees no dispute."""
DUTY_OF = {
    Permission.VERIFY_JOBS: AdminDuty.VERIFIER,
    Permission.SEE_FINANCES: AdminDuty.FINANCE,
    Permission.MANAGE_KYC: AdminDuty.COMPLIANCE,
}
"""Whose duty that is, beside seniors."""
HALF_DONE = "half-done"
"""Why the moves are in the history that a split makes at one moment; timelines tell them as one."""
HEARD_AGAIN = "appeal upheld"
"""Why the moves are in the history that an upheld appeal of a cleaner makes at one moment; told likewise."""
OF_MONEY = frozenset({DisputeAbout.PAYMENT, DisputeAbout.REFUND, DisputeAbout.FEE})
OF_CLEANERS = frozenset({DisputeAbout.REJECTION, DisputeAbout.PENALTY})


def lost(status: DisputeStatus, side: DisputeSide) -> bool:
    """Whether a decision took something from a side; who won everything has nothing to appeal against."""
    if side is DisputeSide.DESK:
        return False
    loser = {DisputeStatus.UPHELD: DisputeSide.OTHER, DisputeStatus.DISMISSED: DisputeSide.RAISER}
    return status is DisputeStatus.SPLIT or loser.get(status) is side


def questions_of(permissions: frozenset[Permission]) -> tuple[DisputeAbout, ...]:
    """What somebody with these permissions decides about."""
    return tuple(about for about, needed in DECIDES.items() if needed in permissions)
