"""Things over the page: sheets and dialogs, opened by the browser without a round trip."""

import reflex as rx

from cleanit_app.components.buttons import icon_button
from cleanit_app.components.text import Text, t, words


def dialog(dialog_id: str, title: Text, *content: rx.Component) -> rx.Component:
    """A native dialog: a sheet at the bottom on phones, centred on wide screens.

    Open it with a button that has ``custom_attrs=opens(dialog_id)``; close with ``closes()``, Esc or the
    backdrop; focus returns by itself.
    """
    heading = f"{dialog_id}-title"
    return rx.el.dialog(
        rx.el.div(class_name="grab", aria_hidden="true"),
        rx.el.div(
            rx.el.h2(words(title), id=heading, class_name="t-h2 grow"),
            icon_button("x", t("nav.close"), custom_attrs={"data-close": ""}),
            class_name="flex items-center gap-2 mb-3",
        ),
        *content,
        id=dialog_id,
        class_name="sheet",
        custom_attrs={"aria-labelledby": heading},
    )
