"""The button that takes a job after trying camera and location."""

from typing import Any

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop


class ClaimButton(rx.Component):
    """See `claim_button`."""

    library = script("claim.jsx")
    tag = "ClaimButton"
    answered: rx.Var[int]
    words: rx.Var[dict[str, str]]
    on_claim: rx.EventHandler[rx.event.no_args_event_spec]


def claim_button(*, on_claim: Any, answered: Any) -> rx.Component:
    """Tries camera and location, then claims; after a warning the person may claim anyway.

    It is busy until ``answered`` changes: count each refusal there.
    """
    return ClaimButton.create(on_claim=on_claim, answered=answered, words=word_prop("trial."))
