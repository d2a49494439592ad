"""The first page: shows that page, socket and state reach each other."""

from __future__ import annotations

import reflex as rx


class Hello(rx.State):
    """Counts greetings in this tab."""

    greetings: int = 0

    @rx.event
    async def greet(self) -> None:
        """Count one more."""
        self.greetings += 1


def page() -> rx.Component:
    """A heading and a button that talks to the server."""
    return rx.el.main(
        rx.el.h1("Cleanit", class_name="text-2xl"),
        rx.el.button("Namaste", on_click=Hello.greet, id="greet"),
        rx.el.output(Hello.greetings, id="greetings"),
    )
