"""Services without a test module of their own name, and where their promises are proved instead."""

from __future__ import annotations

from pathlib import Path

# Proved where people meet them: a service behind one door is tried through that door, with its refusals.
THROUGH_REST = {
    "accounts.accounts": "api/test_access.py",
    "accounts.contact_owners": "api/test_sign_up.py",
    "accounts.terms": "api/test_terms.py",
    "auth.codes": "api/test_codes.py",
    "auth.password_change": "api/test_codes.py",
    "auth.rate_limits": "api/test_rate_limits.py",
    "auth.second_factor": "api/test_second_factor.py",
    "auth.session_revocation": "api/test_sessions.py",
    "auth.sign_up": "api/test_sign_up.py",
    "input_validation": "api/test_typed_texts.py",
    "operations.failures": "api/test_failures.py",
    "people.account_flags": "api/test_person.py",
    "people.admins": "api/test_admins.py",
    "people.contacts": "api/test_codes.py",
    "people.data_export": "api/test_my_data.py",
    "people.id_verification": "api/test_identity.py",
    "people.identity": "api/test_identity.py",
    "people.identity_files": "api/test_identity.py",
    "people.suspension": "api/test_suspension.py",
    "photos.photos": "api/test_uploads.py",
    "photos.quarantine": "api/test_uploads.py",
    "review.approval_reversal": "api/test_taking_back.py",
    "review.dispute_decisions": "api/test_disputes.py",
    "review.disputes": "api/test_disputes.py",
    "tax.invoices": "api/test_documents.py",
    "tax.statements": "api/test_documents.py",
    "transfers.kill_switch": "api/test_admin_money.py",
    "webhooks": "api/test_webhooks.py",
}
# Proved together: one picture, one call or one booking goes through several of these, and the whole must be right.
TOGETHER = {
    "auth.hash_limiter": "api/test_rate_limits.py",
    "jobs.stuck_jobs": "services/jobs/test_overdue.py",
    "ledger.booking": "proofs/test_machine.py",
    "ledger.document_invariants": "services/ledger/test_state_invariants.py",
    "ledger.escrow": "proofs/test_machine.py",
    "ledger.invariants": "services/ledger/test_state_invariants.py",
    "locks": "proofs/test_lock_order.py",
    "notifications.alerts": "services/reconciliation/test_nightly.py",
    "notifications.audiences": "services/notifications/test_relay.py",
    "notifications.recipients.auth": "services/notifications/test_every_kind.py",
    "notifications.recipients.campaigns": "services/notifications/test_every_kind.py",
    "notifications.recipients.jobs": "services/notifications/test_every_kind.py",
    "notifications.recipients.operations": "services/notifications/test_every_kind.py",
    "notifications.recipients.refunds": "services/notifications/test_every_kind.py",
    "notifications.recipients.review": "services/notifications/test_every_kind.py",
    "notifications.recipients.transfers": "services/notifications/test_every_kind.py",
    "operations.job_heartbeats": "workers/test_clock.py",
    "payouts.accrual": "services/tax/test_tds.py",
    "payouts.bookings": "services/transfers/test_calls.py",
    "payouts.fund_accounts": "services/people/test_bank_account_checks.py",
    "payouts.manual": "services/transfers/test_calls.py",
    "payouts.send": "services/transfers/test_calls.py",
    "payouts.settlement": "services/transfers/test_calls.py",
    "people.bank_account_verification": "services/people/test_bank_account_checks.py",
    "people.kyc": "services/people/test_bank_account_checks.py",
    "photos.colour_conversion": "photos/test_album.py",
    "photos.exif": "photos/test_album.py",
    "photos.image_containers": "photos/test_album.py",
    "photos.image_decoding": "photos/test_album.py",
    "photos.renditions": "photos/test_album.py",
    "photos.tiff": "photos/test_album.py",
    "reconciliation.compare": "services/reconciliation/test_reconcile.py",
    "refunds.campaign_progress": "services/campaigns/test_closing.py",
    "refunds.manual": "services/transfers/test_calls.py",
    "refunds.refunds": "stories/test_transfers.py",
    "refunds.send": "stories/test_transfers.py",
    "review.queue_watch": "services/jobs/test_overdue.py",
    "tax.document_numbering": "services/tax/test_tds.py",
    "transfers.attempts": "services/transfers/test_calls.py",
    "unit_of_work": "adapters/test_outbox_bell.py",
}
# Not a promise to anybody: what tests and demonstrations stand on.
GROUND = {
    "crashpoints": "proofs/test_killed.py",
    "demo.demo": "journeys/test_public_pages.py",
    "demo.documents": "journeys/test_identity.py",
    "demo.places": "journeys/test_public_pages.py",
}
ELSEWHERE: dict[str, Path] = {
    module: Path("tests") / place for group in (THROUGH_REST, TOGETHER, GROUND) for module, place in group.items()
}
