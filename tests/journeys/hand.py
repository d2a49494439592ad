"""A hand on a page: it presses and types what a person would, found by the words of a language."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import FilePayload, Locator, Page, expect

from cleanit_app.i18n import Language, say_in

SOON = 20_000  # milliseconds; two cores are shared by everything


class Hand:
    """Does the steps of a guide. `tests/tutorials` films one that is slower and seen; journeys use this one."""

    def __init__(self, page: Page, language: Language = "en") -> None:
        self.page, self.language = page, language
        self.steps: dict[str, list[str]] = {}
        """The sentence of each step so far → the keys of what was pressed by its words."""

    def step(self, key: str) -> None:
        """From here on goes the step of a guide that this key says."""
        self.steps[key] = []

    def words(self, key: str, **values: object) -> str:
        """What stands on the page for a key."""
        return say_in(self.language, key, **values)

    def press_words(self, role: Literal["button", "link"], key: str) -> None:
        """Press what is called so."""
        if self.steps:
            self.steps[next(reversed(self.steps))].append(key)
        self.press(self.page.get_by_role(role, name=self.words(key), exact=True).locator("visible=true").first)

    def press(self, target: Locator) -> None:
        """Press once."""
        target.click(timeout=SOON)

    def fill(self, target: Locator, text: str) -> None:
        """Write into a field."""
        target.fill(text, timeout=SOON)

    def choose_file(self, target: Locator, file: FilePayload) -> None:
        """Give a field a file."""
        target.set_input_files(file)

    def see(self, shown: Locator) -> None:
        """Wait until this is on the page."""
        expect(shown).to_be_visible(timeout=SOON)

    def look(self) -> None:
        """Rest a moment, so that whoever looks on sees the page as it stands."""
