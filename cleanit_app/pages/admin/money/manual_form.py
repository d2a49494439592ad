"""The form in which finance types the number of a transfer that was made at the bank (OPS-01)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from cleanit_app.components.buttons import button
from cleanit_app.components.fields import typed_field
from cleanit_app.components.text import t


def manual_form(
    title: Any, label: Any, act: Any, problems: Any, field_id: str, working: dict[str, Any]
) -> rx.Component:
    """A form for the bank's number (OPS-01)."""
    return rx.el.form(
        rx.el.h3(title, class_name="t-h3"),
        typed_field("reference", t("hand.reference"), "bank_reference", hint=t("hand.reference_hint"), id=field_id,
                    error=problems["reference"]),
        button(label, kind="line", type="submit", **working),
        on_submit=act,
        no_validate=True,
        class_name="flex flex-col gap-3",
    )  # fmt: skip
