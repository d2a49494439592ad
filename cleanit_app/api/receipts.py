"""A receipt's facts in the reader's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from cleanit_app.domain.statuses import RefundStatus
from cleanit_app.i18n import Language, say_in, speaking
from cleanit_app.i18n.formats import IST, dated, dated_time, rupees
from cleanit_app.reads.ledger.money import Receipt, RefundItem
from cleanit_app.services.payments.receipts import ReceiptPaper


def paper_of(receipt: Receipt, lang: Language) -> ReceiptPaper:
    """The paper of a receipt in one language, as things stand when it is asked for."""
    lines = [
        ("from", receipt.contributor_name),
        ("date", _in(lang, dated_time, receipt.paid_at)),
        ("campaign", receipt.campaign_title),
        ("place", receipt.campaign_address),
        ("upi", receipt.upi_reference or ""),
        ("payment", receipt.payment_id),
        ("kept", rupees(receipt.kept_paise) if receipt.kept_paise != receipt.amount_paise else ""),
        *(("back", _refund(refund, lang)) for refund in receipt.refunds),
        ("state", say_in(lang, f"paper.state_{receipt.state}")),
        ("asked", _in(lang, dated_time, receipt.asked_at)),
    ]
    return ReceiptPaper(
        language=lang,
        title=say_in(lang, "paper.title"),
        number=receipt.number,
        amount=rupees(receipt.amount_paise),
        lines=tuple((say_in(lang, f"paper.{name}"), value) for name, value in lines if value),
        notes=(say_in(lang, "paper.not_80g"), say_in(lang, "paper.living")),
        named_note=say_in(lang, "paper.named"),
    )


def _refund(refund: RefundItem, lang: Language) -> str:
    state = say_in(lang, f"refund.{refund.status}").lower()
    if refund.status is RefundStatus.COMPLETED and refund.completed_at:
        on = _in(lang, dated, refund.completed_at)
        return say_in(lang, "paper.back_done", amount=rupees(refund.amount_paise), state=state, day=on)
    by = _in(lang, dated, datetime.combine(refund.due_on, time(12), IST))
    return say_in(lang, "paper.back_line", amount=rupees(refund.amount_paise), state=state, day=by)


def _in(lang: Language, written: Callable[..., str], *at: datetime) -> str:
    with speaking(lang):
        return written(*at)
