"""Campaigns: how a cleanup gets its money, and how it ends."""

from __future__ import annotations

from cleanit_app import routes
from cleanit_app.domain.notifications import NotificationCategory
from cleanit_app.notification_kinds.kind import NotificationKind, Tone

CAMPAIGNS = NotificationCategory.CAMPAIGNS
DESK = NotificationCategory.DESK
MONEY = NotificationCategory.MONEY

CAMPAIGN_CREATED = NotificationKind(
    "campaign_created", category=DESK, urgent=False, tone=Tone.JOB, link=routes.ADMIN_CAMPAIGNS
)
CAMPAIGN_CORRECTED = NotificationKind(
    "campaign_corrected", category=DESK, urgent=False, tone=Tone.JOB, link=routes.admin_campaign
)
CAMPAIGN_APPROVED = NotificationKind(
    "campaign_approved", category=CAMPAIGNS, urgent=True, tone=Tone.DONE, link=routes.campaign
)
CAMPAIGN_DECLINED = NotificationKind(
    "campaign_declined", category=CAMPAIGNS, urgent=True, tone=Tone.PROBLEM, link=routes.campaign
)
CAMPAIGN_CANCELLED = NotificationKind(
    "campaign_cancelled", category=CAMPAIGNS, urgent=True, tone=Tone.PROBLEM, link=routes.campaign
)
CAMPAIGN_CANCELLED_REFUND = NotificationKind(
    "campaign_cancelled_refund", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.MY_MONEY
)
CAMPAIGN_CONTRIBUTION = NotificationKind(
    "campaign_contribution", category=CAMPAIGNS, urgent=False, tone=Tone.MONEY, link=routes.campaign
)
CAMPAIGN_CONTRIBUTION_LAST = NotificationKind(
    "campaign_contribution_last", category=CAMPAIGNS, urgent=False, tone=Tone.MONEY, link=routes.campaign
)
CONTRIBUTION_TAKEN_BACK = NotificationKind(
    "contribution_taken_back", category=CAMPAIGNS, urgent=False, tone=Tone.MONEY, link=routes.campaign
)
CONTRIBUTION_RECEIPT = NotificationKind(
    "contribution_receipt", category=MONEY, urgent=False, tone=Tone.RECEIPT, link=routes.contribution
)
CAMPAIGN_FUNDED = NotificationKind(
    "campaign_funded", category=CAMPAIGNS, urgent=True, tone=Tone.DONE, link=routes.campaign
)
CAMPAIGN_FUNDED_SHORT = NotificationKind(
    "campaign_funded_short", category=CAMPAIGNS, urgent=True, tone=Tone.DONE, link=routes.campaign
)
CAMPAIGN_EXPIRED = NotificationKind(
    "campaign_expired", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.MY_MONEY
)
CAMPAIGN_EXPIRED_CREATOR = NotificationKind(
    "campaign_expired_creator", category=CAMPAIGNS, urgent=True, tone=Tone.REFUND, link=routes.campaign
)
CAMPAIGN_REFUNDED = NotificationKind(
    "campaign_refunded", category=MONEY, urgent=True, tone=Tone.REFUND, link=routes.MY_MONEY
)
CAMPAIGN_REFUNDED_CREATOR = NotificationKind(
    "campaign_refunded_creator", category=CAMPAIGNS, urgent=True, tone=Tone.REFUND, link=routes.campaign
)
