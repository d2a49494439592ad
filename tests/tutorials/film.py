"""A hand that is filmed: each press and each word becomes pictures, and a timetable that can be read along."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from cleanit_app.i18n import Language
from tests.journeys.hand import Hand

_STILL = """async () => {
  const began = performance.now();
  let last = began;
  const watch = new MutationObserver(() => { last = performance.now(); });
  watch.observe(document, { subtree: true, childList: true, attributes: true });
  const news = () => innerWidth < 500 && document.querySelector(".toasts .toast"); // over half of a phone's screen
  const busy = () => performance.now() - last < 400 || document.querySelector("main .sk") || news();
  while (performance.now() - began < 8000 && busy()) await new Promise((go) => setTimeout(go, 60));
  watch.disconnect();
  await document.fonts.ready;
  const boxes = [...document.images].map((one) => [one, one.getBoundingClientRect()]);
  const seen = boxes.filter(([, box]) => box.bottom > 0 && box.top < innerHeight).map(([one]) => one);
  await Promise.all(seen.map((one) => one.decode().catch(() => {})));
}"""
"""Waits until nothing changes any more, and what is to be seen is drawn; something always ticks on some pages."""
_READ_MS, _A_LETTER_MS = 1_600, 56
"""To find a caption, and for each of its signs."""
_LETTERS_MS, _MOVE_MS, _PRESS_MS, _AFTER_MS = 380, 540, 330, 500
_MOVES = 7
LONGEST_MS = 29_500

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, width and height, in CSS pixels."""


@dataclass(frozen=True)
class Look:
    """The page at one moment: a PNG, and where on it is what is written into, or pressed next."""

    png: bytes
    target: Box | None = None
    pressed: bool = False

    @property
    def finger(self) -> Point | None:
        """The middle of what is pressed, and beside what is written."""
        if self.target is None:
            return None
        x, y, width, height = self.target
        return (x + width / 2, y + height / 2) if self.pressed else (x + 0.94 * width, y + height)


@dataclass
class Step:
    """A step with the sentence that it shows, and how the page looked meanwhile."""

    key: str
    caption: str
    looks: list[Look] = field(default_factory=list)

    @property
    def still(self) -> Look:
        """What stands for the step as a picture: the page before its last press, or at its end."""
        return next((one for one in reversed(self.looks) if one.pressed), self.looks[-1])


@dataclass(frozen=True)
class Frame:
    """What the recording shows from `at_ms` on; `look` counts from 0 through all steps."""

    at_ms: int
    look: int
    finger: Point | None
    pressed: bool
    step: int


class FilmedHand(Hand):
    """A slower hand; `film` holds what was seen."""

    def __init__(self, page: Page, language: Language) -> None:
        super().__init__(page, language)
        self.film: list[Step] = []

    def step(self, key: str) -> None:
        super().step(key)
        self.film.append(Step(key, self.words(key)))

    def press(self, target: Locator) -> None:
        self._take(target, pressed=True)
        super().press(target)

    def fill(self, target: Locator, text: str) -> None:
        self._take(target)
        for share in (1, 2, 3):
            super().fill(target, text[: max(1, len(text) * share // 3)])
            self._take(target)

    def look(self) -> None:
        self._take()

    def _take(self, target: Locator | None = None, *, pressed: bool = False) -> None:
        self.page.evaluate(_STILL)
        box = None if target is None else self._in_sight(target)
        png = self.page.screenshot(animations="disabled", caret="hide")
        self.film[-1].looks.append(Look(png, box, pressed))

    def _in_sight(self, target: Locator) -> Box:
        """Where it is on the screen, which moves only when it must."""
        box, size = target.bounding_box(), self.page.viewport_size
        assert size is not None
        if box is None or box["y"] < 0 or box["y"] + box["height"] > size["height"]:
            target.scroll_into_view_if_needed()
            box = target.bounding_box()
        assert box is not None
        return box["x"], box["y"], box["width"], box["height"]


def timetable(film: list[Step]) -> tuple[list[Frame], list[int], int]:
    """The frames of a film, when each step begins, and how long all of it is, in milliseconds."""
    frames: list[Frame] = []
    begins: list[int] = []
    at, number = 0, 0
    finger: Point | None = None
    for place, step in enumerate(film):
        begins.append(at)
        acts = sum(map(_lasts, step.looks))
        spare = max(_AFTER_MS, _READ_MS + _A_LETTER_MS * len(step.caption) - acts)
        for index, look in enumerate(step.looks):
            frames.append(Frame(at, number, finger if index else None, False, place))
            at += spare if index == 0 else 0
            finger, at = _reach(frames, look, finger, at, number, place)
            number += 1
    if at > LONGEST_MS:
        pace = LONGEST_MS / at
        frames = [Frame(int(f.at_ms * pace), f.look, f.finger, f.pressed, f.step) for f in frames]
        begins, at = [int(one * pace) for one in begins], LONGEST_MS
    return list({one.at_ms: one for one in frames}.values()), begins, at


def _lasts(look: Look) -> int:
    if look.target is None:
        return _AFTER_MS
    return _MOVE_MS + _PRESS_MS if look.pressed else _LETTERS_MS


def _reach(
    frames: list[Frame], look: Look, finger: Point | None, at: int, number: int, place: int
) -> tuple[Point | None, int]:
    """Move the finger to what is pressed, and press it; where it is then, and when."""
    goal = look.finger
    if goal is None:
        return finger, at + _AFTER_MS
    if not look.pressed:
        return goal, at + _LETTERS_MS
    start = finger or (goal[0], goal[1] + 120)
    for turn in range(1, _MOVES + 1):
        share = turn / _MOVES
        eased = share * share * (3 - 2 * share)
        here = tuple(a + (b - a) * eased for a, b in zip(start, goal, strict=True))
        frames.append(Frame(at + _MOVE_MS * turn // _MOVES, number, (here[0], here[1]), False, place))
    frames.append(Frame(at + _MOVE_MS + 60, number, goal, True, place))
    return goal, at + _MOVE_MS + _PRESS_MS
