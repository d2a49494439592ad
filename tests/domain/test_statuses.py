"""Every move from every status to every status: allowed exactly when the table says so."""

from __future__ import annotations

import itertools

import pytest

from cleanit_app.domain.errors import MoveRefused
from cleanit_app.domain.statuses import MOVES, CampaignStatus, JobStatus, Status

GRID = [(kind, source, target) for kind in MOVES for source, target in itertools.product(list(kind), repeat=2)]

CAMPAIGN_WAY = ["DRAFT", "ACTIVE", "FUNDED", "COMPLETED", "CLOSED"]
JOB_WAY = ["AVAILABLE", "CLAIMED", "COMPLETED", "VERIFIED", "PAID"]


@pytest.mark.parametrize(("kind", "source", "target"), GRID, ids=lambda x: getattr(x, "__name__", str(x)))
@pytest.mark.row("CAM-01", "JOB-01")
def test_the_grid(kind: type[Status], source: Status, target: Status) -> None:
    if target in MOVES[kind].get(source, frozenset()):
        source.check_move(target)
        return
    with pytest.raises(MoveRefused) as refused:
        source.check_move(target)
    assert refused.value.code == "MOVE_REFUSED"
    assert refused.value.values == {"what": kind.__name__, "current": source.value, "target": target.value}


@pytest.mark.row("CAM-01", "JOB-01")
@pytest.mark.parametrize("kind", Status.__subclasses__())
def test_no_status_stands_alone(kind: type[Status]) -> None:
    """One that nothing leads to and that leads nowhere is a name without a table."""
    joined = {one for source, targets in MOVES[kind].items() for one in (source, *targets)}
    assert set(kind) - joined == set()


@pytest.mark.row("CAM-01")
def test_the_life_of_a_campaign() -> None:
    way = [CampaignStatus(s) for s in CAMPAIGN_WAY]
    assert all(a.may_become(b) for a, b in itertools.pairwise(way))
    assert CampaignStatus.ACTIVE.may_become(CampaignStatus.EXPIRED)
    ends = [CampaignStatus.EXPIRED, CampaignStatus.CANCELLED]
    assert not any(end.may_become(other) for end in ends for other in CampaignStatus)


@pytest.mark.row("JOB-01")
def test_the_life_of_a_job() -> None:
    way = [JobStatus(s) for s in JOB_WAY]
    assert all(a.may_become(b) for a, b in itertools.pairwise(way))
    assert JobStatus.CLAIMED.may_become(JobStatus.RELEASED)
    assert JobStatus.RELEASED.may_become(JobStatus.AVAILABLE)
    assert JobStatus.REJECTED.may_become(JobStatus.CLAIMED)
    assert JobStatus.REJECTED.may_become(JobStatus.FAILED)
