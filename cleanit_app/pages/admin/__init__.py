"""Pages of admins."""

from types import ModuleType

from cleanit_app.pages.admin.bulk import run as bulk_run
from cleanit_app.pages.admin.bulk import runs as bulk_runs
from cleanit_app.pages.admin.money import (
    finances,
    forecast,
    invoices,
    payouts,
    reconciliation,
    refunds,
    tax,
    transactions,
)
from cleanit_app.pages.admin.people import admins
from cleanit_app.pages.admin.people.people import page as people
from cleanit_app.pages.admin.people.person import page as person
from cleanit_app.pages.admin.review import campaigns, disputes, fraud, stuck_jobs, verification
from cleanit_app.pages.admin.review.campaign import page as campaign
from cleanit_app.pages.admin.review.dispute import page as dispute
from cleanit_app.pages.admin.review.fraud_case import page as fraud_case
from cleanit_app.pages.admin.review.verification_job import page as verification_job
from cleanit_app.pages.admin.support import article as support_article
from cleanit_app.pages.admin.support import inbox as support_inbox
from cleanit_app.pages.admin.support.ticket import page as support_ticket
from cleanit_app.pages.admin.system import (
    audit,
    banner,
    canned_answers,
    failures,
    flags,
    house_settings,
    overview,
    scheduled_jobs,
    second_factor,
)
from cleanit_app.pages.admin.system.boards import page as boards

PAGES: tuple[ModuleType, ...] = (
    overview,
    boards,
    verification,
    verification_job,
    campaigns,
    campaign,
    stuck_jobs,
    disputes,
    dispute,
    support_inbox,
    support_ticket,
    support_article,
    fraud,
    fraud_case,
    people,
    person,
    finances,
    forecast,
    transactions,
    payouts,
    refunds,
    bulk_runs,
    bulk_run,
    invoices,
    tax,
    reconciliation,
    second_factor,
    admins,
    audit,
    failures,
    flags,
    house_settings,
    canned_answers,
    banner,
    scheduled_jobs,
)
