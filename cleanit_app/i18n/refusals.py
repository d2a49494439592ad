"""A refusal's sentence: its values as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cleanit_app.i18n.catalogue import say
from cleanit_app.i18n.formats import dated_time


def refusal_words(key: str, values: Mapping[str, Any]) -> str:
    """The sentence of a refusal; a moment named ``x_at`` is said as ``{x}``, in Indian time and with its year."""
    moments = {name.removesuffix("_at"): dated_time(at) for name, at in values.items() if isinstance(at, datetime)}
    return say(key, **{**values, **moments})
