"""Runs over many things as the contract shows them."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.api.schemas.admin_money import Ids
from cleanit_app.api.schemas.base import In, MaybeText, Moment, Out, Text, Truth, Whole
from cleanit_app.domain.bulk import (
    BulkAction,
    BulkObstacle,
    CampaignsChosen,
    NoticeGroup,
    chosen_campaigns,
    notice_group,
)
from cleanit_app.domain.reading.pasted_ids import pasted_ids
from cleanit_app.domain.statuses import BulkRowStatus, BulkRunStatus
from cleanit_app.services.input_validation import Form


class ChosenIn(In):
    """Which campaigns: ids, and a filter for those that may still be ended."""

    ids: Ids = None
    status: MaybeText = None
    q: MaybeText = None
    starter_id: MaybeText = None

    def read(self) -> CampaignsChosen:
        """The choice; InvalidFields for an id or a status that is none."""
        return chosen_campaigns(ids=self.ids, status=self.status, q=self.q, starter=self.starter_id)


class NotRefundableOut(Out):
    """A chosen campaign that would be passed over."""

    campaign_id: UUID
    title: str
    why: BulkObstacle


class BulkRefundPlanOut(Out):
    """A dry run: what would be done, and what would not."""

    campaign_ids: list[UUID]
    count: int
    payments: int
    paise: int
    refused: list[NotRefundableOut]
    more: bool


class BulkRefundsIn(In):
    """Exactly the campaigns of a dry run, their number typed by hand, and a reason people read."""

    campaign_ids: Ids = None
    count: Whole = None
    reason: Text = ""

    def read(self) -> tuple[UUID, ...]:
        """The campaigns; InvalidFields when one is no id."""
        form = Form()
        ids = form.read("campaignIds", pasted_ids, self.campaign_ids) or ()
        form.done()
        return ids


class BulkRunOut(Out):
    """A run and how far it is."""

    id: UUID
    action: BulkAction
    status: BulkRunStatus
    started_by: str
    reason: str
    total: int
    done: int
    skipped: int
    failed: int
    percent: int
    refunded_paise: int
    started_at: Moment
    ended_at: Moment | None
    stopped_why: str


class BulkRowOut(Out):
    """The result of one row; `why` when it was not done."""

    id: UUID
    campaign_id: UUID | None
    person_id: UUID | None
    title: str
    status: BulkRowStatus
    why: BulkObstacle | None
    refunded_paise: int
    done_at: Moment | None


class GroupIn(In):
    """Who is told: a role, an account's standing, and a part in campaigns."""

    role: MaybeText = None
    standing: MaybeText = None
    place: MaybeText = None
    campaign_id: MaybeText = None
    campaign_status: MaybeText = None

    def read(self) -> NoticeGroup:
        """The group; InvalidFields for words that are none."""
        return notice_group(
            role=self.role,
            standing=self.standing,
            place=self.place,
            campaign=self.campaign_id,
            state=self.campaign_status,
        )


class NoticePlanOut(Out):
    """A dry run: how many people, and how many of them have switched marketing off."""

    count: int
    muted: int
    more: bool


class BulkNoticeIn(GroupIn):
    """A group, what it is told in each language, and the number of people typed by hand."""

    en: Text = ""
    hi: Text = ""
    mr: Text = ""
    marketing: Truth = False
    count: Whole = None

    def said(self) -> dict[str, object]:
        """The words by language."""
        return {"en": self.en, "hi": self.hi, "mr": self.mr}
