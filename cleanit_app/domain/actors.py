"""Who acts: roles, permissions, and the one question every service asks first."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from cleanit_app.domain.errors import ConfirmFirst, NotAllowed, NotSignedIn, SecondFactorNeeded, TermsNotAccepted


class Role(StrEnum):
    """What an account is for; a cleaner may also do all a citizen may."""

    CITIZEN = "CITIZEN"
    CLEANER = "CLEANER"
    ADMIN = "ADMIN"


class Permission(StrEnum):
    """One thing somebody may do; services name these, never roles."""

    START_CAMPAIGNS = "START_CAMPAIGNS"
    CONTRIBUTE = "CONTRIBUTE"
    CLAIM_JOBS = "CLAIM_JOBS"
    DISPUTE_RESULTS = "DISPUTE_RESULTS"
    MANAGE_SELF = "MANAGE_SELF"
    APPROVE_CAMPAIGNS = "APPROVE_CAMPAIGNS"
    VERIFY_JOBS = "VERIFY_JOBS"
    SEE_FINANCES = "SEE_FINANCES"
    RUN_PAYOUTS = "RUN_PAYOUTS"
    MOVE_CAMPAIGN_MONEY = "MOVE_CAMPAIGN_MONEY"  # end a campaign with refunds, add to a job's pay
    MANAGE_KYC = "MANAGE_KYC"
    MANAGE_PEOPLE = "MANAGE_PEOPLE"
    LOOK_INTO_FRAUD = "LOOK_INTO_FRAUD"  # read cases, open and note them, hand them over; MANAGE_KYC decides
    MANAGE_ADMINS = "MANAGE_ADMINS"
    ANSWER_SUPPORT = "ANSWER_SUPPORT"
    DECIDE_DISPUTES = "DECIDE_DISPUTES"  # of one's own kind: see `domain.disputes`
    SYSTEM = "SYSTEM"


class AdminDuty(StrEnum):
    """What an admin is trusted with; SENIOR holds all duties and manages admins."""

    VERIFIER = "VERIFIER"
    FINANCE = "FINANCE"
    SUPPORT = "SUPPORT"
    COMPLIANCE = "COMPLIANCE"
    SENIOR = "SENIOR"


_CITIZEN = frozenset(
    {Permission.START_CAMPAIGNS, Permission.CONTRIBUTE, Permission.DISPUTE_RESULTS, Permission.MANAGE_SELF}
)
_OF_ROLE: dict[Role, frozenset[Permission]] = {
    Role.CITIZEN: _CITIZEN,
    Role.CLEANER: _CITIZEN | {Permission.CLAIM_JOBS},
    Role.ADMIN: frozenset({Permission.MANAGE_SELF}),
}
_OF_DUTY: dict[AdminDuty, frozenset[Permission]] = {
    AdminDuty.VERIFIER: frozenset(
        {
            Permission.VERIFY_JOBS,
            Permission.APPROVE_CAMPAIGNS,
            Permission.MOVE_CAMPAIGN_MONEY,
            Permission.LOOK_INTO_FRAUD,
            Permission.DECIDE_DISPUTES,
        }
    ),
    AdminDuty.FINANCE: frozenset({Permission.SEE_FINANCES, Permission.RUN_PAYOUTS, Permission.DECIDE_DISPUTES}),
    AdminDuty.SUPPORT: frozenset({Permission.MANAGE_PEOPLE, Permission.ANSWER_SUPPORT, Permission.LOOK_INTO_FRAUD}),
    AdminDuty.COMPLIANCE: frozenset(
        {Permission.MANAGE_KYC, Permission.MANAGE_PEOPLE, Permission.LOOK_INTO_FRAUD, Permission.DECIDE_DISPUTES}
    ),
    AdminDuty.SENIOR: frozenset(
        {
            Permission.VERIFY_JOBS,
            Permission.APPROVE_CAMPAIGNS,
            Permission.SEE_FINANCES,
            Permission.RUN_PAYOUTS,
            Permission.MOVE_CAMPAIGN_MONEY,
            Permission.MANAGE_KYC,
            Permission.MANAGE_PEOPLE,
            Permission.LOOK_INTO_FRAUD,
            Permission.MANAGE_ADMINS,
            Permission.ANSWER_SUPPORT,
            Permission.DECIDE_DISPUTES,
        }
    ),
}

NEEDS_PROOF = frozenset({Permission.RUN_PAYOUTS, Permission.MOVE_CAMPAIGN_MONEY})
"""What moves money by an admin's hand: the one place that asks for the second factor (SEC-03)."""


def permissions_of(role: Role, duties: frozenset[AdminDuty] = frozenset()) -> frozenset[Permission]:
    """All permissions of a role together with an admin's duties."""
    granted = set(_OF_ROLE[role])
    for duty in duties if role is Role.ADMIN else ():
        granted |= _OF_DUTY[duty]
    return frozenset(granted)


@dataclass(frozen=True)
class Actor:
    """Somebody (or the clock) who wants something; `id` is None for nobody and for the system.

    `confirmed`: the password was typed within the last minutes. `proved`: so was a code of the second factor.
    `half_in`: an admin with a second factor whose session has not shown it yet; such an actor may nothing.
    `terms_due`: new terms wait to be accepted.
    """

    id: UUID | None = None
    role: Role | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    session_id: UUID | None = None
    confirmed: bool = False
    proved: bool = False
    half_in: bool = False
    terms_due: bool = False

    @property
    def user_id(self) -> UUID:
        """The person's id; NotSignedIn for nobody."""
        if self.id is None:
            raise NotSignedIn
        return self.id

    def may(self, permission: Permission) -> bool:
        """Whether this actor holds the permission."""
        return permission in self.permissions

    def must(self, permission: Permission) -> None:
        """Refuse unless the actor holds the permission: NotSignedIn for nobody, NotAllowed for others.

        What moves money asks an admin for the second factor besides (SecondFactorNeeded).
        """
        if not self.may(permission):
            if self.half_in:
                raise SecondFactorNeeded
            raise NotSignedIn if self.id is None else NotAllowed
        if permission in NEEDS_PROOF:
            self.must_prove()

    def must_prove(self) -> None:
        """Refuse unless a code of the second factor was shown within the last minutes."""
        if not self.proved:
            raise SecondFactorNeeded

    def must_have_accepted(self) -> None:
        """Refuse while new terms wait to be accepted; the doors ask this before whatever changes something (LAW-06)."""
        if self.terms_due:
            raise TermsNotAccepted

    def must_be_fresh(self) -> None:
        """Refuse what an account hangs on unless the password was typed a moment ago (ConfirmFirst)."""
        if not self.confirmed:
            raise ConfirmFirst


NOBODY = Actor()
SYSTEM = Actor(permissions=frozenset({Permission.SYSTEM}))
