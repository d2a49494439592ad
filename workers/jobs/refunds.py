"""Money on its way back to those who gave it."""

from __future__ import annotations

from uuid import UUID

from cleanit_app.domain.flows import AfterNo
from cleanit_app.services.refunds import refunds, send
from cleanit_app.wiring import Wiring, wiring
from workers.sending import in_batches


def send_due_refunds() -> None:
    """Every waiting refund, ten at a time (PAY-08)."""
    in_batches(wiring(), lambda uow, size: refunds.due_refunds(uow, limit=size), _send_refund)


def _send_refund(parts: Wiring, refund_id: UUID) -> AfterNo | None:
    keep = parts.settings.refund_gateway_fee == "keep"
    form = parts.provider_format
    return send.send_refund(parts.open_uow, parts.payments, refund_id=refund_id, form=form, keep_provider_fee=keep)
