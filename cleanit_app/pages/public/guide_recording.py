"""A guide shown on our own pages: a captioned recording, and the same steps as a list with pictures (OPS-02).

Nothing of the recording is loaded before somebody plays it. `make tutorials` makes the files.
"""

from __future__ import annotations

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.feedback import note
from cleanit_app.components.photos import large, stone
from cleanit_app.components.text import attr, t
from cleanit_app.domain.guides import MOST_RECORDING_KB, MOST_RECORDING_SECONDS, Guide, GuideGroup
from cleanit_app.i18n import KEYS
from cleanit_app.i18n.built import LANGUAGE

PHONE, PHONE_STEP = (450, 960), (540, 1020)
DESK, DESK_STEP = (960, 648), (1280, 800)
"""Width and height of a recording and of the picture of a step, in pixels."""
_AWAY = """(event) => {
  const film = event.currentTarget, box = film.closest("[data-film]");
  box.setAttribute("data-away", "");
  addEventListener("online", () => { box.removeAttribute("data-away"); film.load(); }, { once: true });
}"""
"""A recording that does not come says so beside itself, and is tried anew when the network is back."""


def recorded_steps(one: Guide) -> list[str]:
    """The keys of the steps that a guide's recording shows, in their order; none where there is no recording."""
    found: list[str] = []
    while (key := f"guide.{one.name}.shown.{len(found) + 1}") in KEYS:
        found.append(key)
    return found


def sizes(one: Guide) -> tuple[tuple[int, int], tuple[int, int]]:
    """The size of a guide's recording and of its pictures: admins are shown a desk, others a phone."""
    return (DESK, DESK_STEP) if one.group is GuideGroup.ADMINS else (PHONE, PHONE_STEP)


def recording(one: Guide) -> rx.Component:
    """The recording and its steps; nothing for a guide without."""
    steps = recorded_steps(one)
    if not steps:
        return rx.fragment()
    return rx.el.section(
        rx.el.h2(t("guide.shown.title"), class_name="t-h2"),
        _film(one),
        rx.el.ol(*[_step(one, number, key) for number, key in enumerate(steps, 1)], class_name="flex flex-col gap-5"),
        class_name="flex flex-col gap-5 mt-10",
    )


def _film(one: Guide) -> rx.Component:
    (width, height), _ = sizes(one)
    captions = rx.el.track(
        src=routes.recording(one.slug, LANGUAGE, "vtt"),
        kind="captions",
        src_lang=LANGUAGE,
        label=attr("guide.shown.captions"),
        default=True,
    )
    film = rx.el.video(
        captions,
        src=routes.recording(one.slug, LANGUAGE, "webm"),
        poster=routes.recording(one.slug, LANGUAGE, "webp"),
        custom_attrs={"width": str(width), "height": str(height), "onError": rx.Var(_AWAY)},
        controls=True,
        plays_inline=True,
        preload="none",
        aria_label=attr(f"guide.{one.name}.title"),
        class_name="block w-full h-auto rounded-lg bg-tar-900",
    )
    weight = t("guide.shown.weight", seconds=MOST_RECORDING_SECONDS, kilobytes=MOST_RECORDING_KB)
    return rx.el.figure(
        rx.el.div(film, class_name="" if width > height else "max-w-[280px] mx-auto"),
        rx.el.figcaption(weight, class_name="t-sm soft mt-2 text-center"),
        rx.el.div(note(t("guide.shown.offline"), "warn", "wifi-off"), class_name="only-off mt-2"),
        rx.el.div(note(t("guide.shown.away"), "warn"), role="status", class_name="only-away mt-2"),
        custom_attrs={"data-film": ""},
    )


def _step(one: Guide, number: int, key: str) -> rx.Component:
    _, (width, height) = sizes(one)
    address = routes.recorded_step(one.slug, number, LANGUAGE)
    picture = rx.el.img(
        src=address,
        alt=attr("guide.shown.screen", step=number),
        custom_attrs={"width": str(width), "height": str(height)},
        loading="lazy",
        decoding="async",
    )
    wide = width > height
    frame = "w-full" if wide else "w-[112px] sm:w-[168px] flex-none"
    return rx.el.li(
        rx.el.div(
            stone(str(number), size="s"), rx.el.p(t(key), class_name="grow pt-1"), class_name="flex gap-4 grow min-w-0"
        ),
        rx.el.div(
            large(address, picture, class_name="large block"),
            class_name=f"{frame} rounded-md overflow-hidden border border-chuna-300 self-start",
        ),
        class_name=f"flex gap-4 {'flex-col' if wide else ''}",
    )
