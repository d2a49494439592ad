"""Looking for signs of fraud by the clock: each rule goes on where it stopped, and finds each thing once (OPS-04)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from cleanit_app.domain.actors import SYSTEM
from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.events import FraudCaseOpened
from cleanit_app.domain.fraud import KIND_OF_RULE, ONGOING, FraudRule, SignOfFraud
from cleanit_app.models import FraudCase, FraudFinding, FraudScan, new_id
from cleanit_app.services.fraud import rules
from cleanit_app.services.locks import NamedLock
from cleanit_app.services.unit_of_work import OpenUow, UnitOfWork

SETTLED = timedelta(minutes=2)
"""What happened so long ago is committed for certain: nothing appears behind the back of a look."""
AT_ONCE = timedelta(days=1)
STEPS = 40  # a first look goes through a month day by day


def scan(open_uow: OpenUow, rule: FraudRule) -> int:
    """Look on from where this rule stopped until now, a day at a time; how many findings are new."""
    found = 0
    for _ in range(STEPS):
        with open_uow() as uow:
            fresh, done = _step(uow, rule)
        found += fresh
        if done:
            break
    return found


def _step(uow: UnitOfWork, rule: FraudRule) -> tuple[int, bool]:
    uow.lock_name(NamedLock.FRAUD_SCAN, rule.value)
    seen = uow.first(FraudScan, FraudScan.rule == rule.value)
    since = seen.seen_until if seen else uow.now - LIMITS.fraud_first_look
    end = uow.now - SETTLED
    until = min(since + AT_ONCE, end)
    if until <= since:
        return 0, True
    fresh = sum(take_in(uow, finding) for finding in rules.find(uow, rule, rules.Span(since, until)))
    _note_seen(uow, rule, until)
    return fresh, until >= end


def _note_seen(uow: UnitOfWork, rule: FraudRule, until: datetime) -> None:
    row = {"rule": rule.value, "seen_until": until}
    uow.run(upsert(FraudScan).values(row).on_conflict_do_update(index_elements=["rule"], set_={"seen_until": until}))


def take_in(uow: UnitOfWork, finding: SignOfFraud) -> bool:
    """Keep one finding in the open case of its kind and person, or in a new one; whether it was new.

    What is ongoing says nothing new while a case about it is open, nor for some weeks after it was closed.
    """
    if uow.first(FraudFinding, FraudFinding.evidence == finding.evidence) is not None:
        return False
    kind = KIND_OF_RULE[finding.rule]
    mine = (FraudCase.person_id == finding.person_id, FraudCase.kind_of_case == kind.value)
    case = uow.first(
        FraudCase, *mine, col(FraudCase.closed_at).is_(None), col(FraudCase.opened_by).is_(None), lock=True
    )
    if finding.rule in ONGOING:
        quiet = uow.now - timedelta(days=LIMITS.fraud_quiet_days)
        if case is not None or uow.first(FraudCase, *mine, col(FraudCase.closed_at) > quiet) is not None:
            return False
    if case is None:
        case = _open(uow, finding)
    case.people = list(dict.fromkeys([*case.people, *finding.people]))[:500]
    uow.flush()
    uow.add(
        FraudFinding(
            id=new_id(),
            case_id=case.id,
            rule=finding.rule.value,
            evidence=finding.evidence,
            facts=dict(finding.facts),
            job_id=finding.job_id,
            campaign_id=finding.campaign_id,
            photo_id=finding.photo_id,
            other_photo_id=finding.other_photo_id,
            found_at=uow.now,
        )
    )
    uow.flush()
    return True


def _open(uow: UnitOfWork, finding: SignOfFraud) -> FraudCase:
    case = uow.add(
        FraudCase(
            id=new_id(),
            kind_of_case=KIND_OF_RULE[finding.rule].value,
            person_id=finding.person_id,
            people=list(finding.people),
            job_id=finding.job_id,
            campaign_id=finding.campaign_id,
            opened_at=uow.now,
        )
    )
    case.begin(by=SYSTEM, at=uow.now)
    uow.record(FraudCaseOpened(case.id, case.person_id, case.kind_of_case), by=SYSTEM)
    return case
