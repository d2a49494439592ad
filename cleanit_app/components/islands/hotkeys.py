"""Single keys for a desk."""

import reflex as rx

from cleanit_app.components.islands.source import script, word_prop


class Hotkeys(rx.Component):
    """See `hotkeys`."""

    library = script("hotkeys.jsx")
    tag = "Hotkeys"
    words: rx.Var[dict[str, str]]


def hotkeys(class_name: str = "") -> rx.Component:
    """Lets single keys press what carries `hotkey(key)`, and shows the switch that turns them off."""
    return Hotkeys.create(words=word_prop("hotkeys."), class_name=class_name)


def hotkey(key: str) -> dict[str, str]:
    """``custom_attrs`` of what a single key presses."""
    return {"data-hotkey": key}
