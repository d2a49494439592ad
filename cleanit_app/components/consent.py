"""The question whether one's photos may be shown, beside one's own cleanups and work (LAW-07)."""

from __future__ import annotations

from typing import Literal

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.feedback import note
from cleanit_app.components.text import t


def consent_asked(photo: Literal["before", "after"]) -> rx.Component:
    """Asks whoever sent the before- or the after-photo, and leads to where one answers."""
    answer = rx.el.a(
        t("consent.answer"), href=routes.PHOTO_CONSENTS, class_name="link min-h-[44px] inline-flex items-center"
    )
    return note(t(f"consent.ask_{photo}"), "plain", "image", more=rx.fragment(" ", answer))
