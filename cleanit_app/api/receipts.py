"""A receipt's facts in the reader's words."""

from __future__ import annotations

from datetime import datetime, time

from cleanit_app.domain.statuses import RefundStatus
from cleanit_app.i18n import Both, Language, say
from cleanit_app.i18n.formats import IST, dated, dated_time, rupees
from cleanit_app.reads.ledger.money import Receipt, RefundItem
from cleanit_app.services.payments.receipts import ReceiptPaper


def paper_of(receipt: Receipt, lang: Language) -> ReceiptPaper:
    """The paper of a receipt in one language, as things stand when it is asked for."""
    lines = [
        ("from", receipt.contributor_name),
        ("date", _in(dated_time(receipt.paid_at), lang)),
        ("campaign", receipt.campaign_title),
        ("place", receipt.campaign_address),
        ("upi", receipt.upi_reference or ""),
        ("payment", receipt.payment_id),
        ("kept", rupees(receipt.kept_paise) if receipt.kept_paise != receipt.amount_paise else ""),
        *(("back", _refund(refund, lang)) for refund in receipt.refunds),
        ("state", say(f"paper.state_{receipt.state}", lang)),
        ("asked", _in(dated_time(receipt.asked_at), lang)),
    ]
    return ReceiptPaper(
        language=lang,
        title=say("paper.title", lang),
        number=receipt.number,
        amount=rupees(receipt.amount_paise),
        lines=tuple((say(f"paper.{name}", lang), value) for name, value in lines if value),
        notes=(say("paper.not_80g", lang), say("paper.living", lang)),
        named_note=say("paper.named", lang),
    )


def _refund(refund: RefundItem, lang: Language) -> str:
    state = say(f"refund.{refund.status}", lang).lower()
    if refund.status is RefundStatus.COMPLETED and refund.completed_at:
        on = _in(dated(refund.completed_at), lang)
        return say("paper.back_done", lang, amount=rupees(refund.amount_paise), state=state, day=on)
    by = _in(dated(datetime.combine(refund.due_on, time(12), IST)), lang)
    return say("paper.back_line", lang, amount=rupees(refund.amount_paise), state=state, day=by)


def _in(words: Both, lang: Language) -> str:
    return str(getattr(words, lang))
