"""The payment window of our partner, and amounts typed in rupees."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop


class Checkout(rx.Component):
    """See `checkout`."""

    library = script("checkout.jsx")
    tag = "Checkout"
    script_url: rx.Var[str]
    key_id: rx.Var[str]
    order_id: rx.Var[str]
    confirm_url: rx.Var[str]
    amount_paise: rx.Var[int]
    currency: rx.Var[str]
    prefill: rx.Var[dict[str, str]]
    description: rx.Var[str]
    auto_open: rx.Var[str]
    words: rx.Var[dict[str, str]]
    on_done: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_closed: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class MoneyInput(rx.Component):
    """See `money_input`."""

    library = script("money_input.jsx")
    tag = "MoneyInput"
    name: rx.Var[str]
    value: rx.Var[int]
    quick: rx.Var[list[int]]
    label: rx.Var[str]
    hint: rx.Var[str]
    error: rx.Var[str]
    compact: rx.Var[bool]
    words: rx.Var[dict[str, str]]
    on_change: rx.EventHandler[rx.event.passthrough_event_spec(int)]


def checkout(
    *label: Any,
    script_url: Any,
    key_id: Any,
    order_id: Any,
    confirm_url: Any,
    amount_paise: Any,
    on_done: Any,
    on_closed: Any,
    prefill: Any = None,
    description: Any = "",
    auto_open: Any = "",
    currency: str = "INR",
    class_name: str = "btn btn-lg btn-block",
) -> rx.Component:
    """A button that opens the payment window; it also opens by itself once for each new ``auto_open``.

    ``auto_open`` is any text, empty for never; it waits for ``order_id``.

    After paying it posts the three signed values to ``confirm_url`` and fires
    ``on_done`` with confirmed, refused or unconfirmed (no network). ``on_closed`` gets dismissed, script
    (the window could not be loaded) or the provider's reason. Neither is proof of a payment.
    """
    return Checkout.create(
        *label,
        script_url=script_url,
        key_id=key_id,
        order_id=order_id,
        confirm_url=confirm_url,
        amount_paise=amount_paise,
        currency=currency,
        prefill={} if prefill is None else prefill,
        description=description,
        auto_open=auto_open,
        on_done=on_done,
        on_closed=on_closed,
        words=word_prop("pay."),
        class_name=class_name,
    )


def money_input(
    name: str,
    label: Any,
    *,
    value: Any = 0,
    quick: Sequence[int] | rx.Var[list[int]] = (),
    on_change: Any = None,
    hint: Any = "",
    error: Any = "",
    compact: bool = False,
) -> rx.Component:
    """Whole rupees, grouped while typing; ``value``, ``quick`` and ``on_change`` are in paise.

    The form holds ``<name>`` in paise and ``<name>Typed`` as it stands in the field.

    ``label``, ``hint`` and ``error`` are attributes: give them through ``attr``/``attr_of``.
    """
    events = {} if on_change is None else {"on_change": on_change}
    return MoneyInput.create(
        name=name,
        label=label,
        value=value,
        quick=quick if isinstance(quick, rx.Var) else list(quick),
        hint=hint,
        error=error,
        compact=compact,
        words=word_prop("field.amount_"),
        **events,
    )
