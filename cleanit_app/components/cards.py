"""Cards of campaigns and jobs, and rows of money; one link covers each."""

from typing import Any

import reflex as rx

from cleanit_app.components.icons import icon
from cleanit_app.components.money import amount
from cleanit_app.components.photos import photo, plate
from cleanit_app.components.progress import KerbState, kerb
from cleanit_app.components.text import Text, about, words


def campaign_card(
    *,
    href: str | rx.Var[str],
    photo_src: str | rx.Var[str],
    photo_alt: Any,
    place: Text,
    title: Text,
    percent: int | rx.Var[int],
    raised: Text,
    of: Text,
    time: Text,
    reason: Text | rx.Component = "",
    kerb_state: KerbState | rx.Var[str] = "collecting",
    sized: bool = False,
    place_hindi: Any = None,
    time_icon: str = "clock",
    first: bool = False,
) -> rx.Component:
    """A campaign in a list: photo with plate, title, kerb, amount, time, one line of reason.

    ``of`` is what stands beside the amount ("of ₹4,000", "fully funded"). ``reason`` may be
    `going_ahead(...)`. ``sized``, ``first``: see `photo`.
    """
    sign = plate(place, place_hindi, class_name="absolute left-3 top-3 max-w-[calc(100%-24px)]")
    line = rx.el.div(
        rx.el.span(amount(raised), " ", rx.el.span(words(of), class_name="mute t-sm num")),
        rx.el.span(icon(time_icon, 16), words(time), class_name="t-sm soft flex items-center gap-1"),
        class_name="flex items-center justify-between gap-2",
    )
    why = reason if isinstance(reason, rx.Component) else rx.el.p(words(reason), class_name="t-sm soft")
    return rx.el.article(
        photo(photo_src, photo_alt, sized=sized, children=(sign,), first=first),
        rx.el.div(
            rx.el.h3(rx.el.a(words(title), href=href, class_name="cover"), class_name="t-h3"),
            kerb(percent, kerb_state, small=True),
            line,
            why,
            class_name="flex flex-col gap-3 p-4 pt-3.5",
        ),
        class_name="card relative",
    )


def going_ahead(text: Text) -> rx.Component:
    """The line of a campaign past 80 %."""
    return rx.el.p(
        icon("circle-check", 16),
        rx.el.span(words(text)),
        class_name="t-sm flex items-center gap-1.5 text-mor-700 font-semibold",
    )


def job_card(
    *,
    href: str | rx.Var[str],
    photo_src: str | rx.Var[str],
    photo_alt: Any,
    pay: Text,
    place: Text,
    kind: Text,
    action: Text,
    far: Text = "",
    line: rx.Component | None = None,
    sized: bool = False,
    note: rx.Component | None = None,
) -> rx.Component:
    """A job for a cleaner: what it pays first, then where, what and how far; one big button.

    ``line`` is a whole line in place of the distance ``far``; ``note`` stands below all.
    """
    picture = photo(photo_src, photo_alt, sized=sized, ratio="w-[124px] h-[136px] rounded-md flex-none", sizes="124px")
    text = rx.el.div(
        amount(pay, "l"),
        rx.el.b(words(place), class_name="b leading-snug"),
        rx.el.span(words(kind), class_name="t-sm soft"),
        line or away(far),
        class_name="grow flex flex-col gap-1",
    )
    button = rx.el.a(words(action), about(kind, place), href=href, class_name="btn btn-block cover")
    return rx.el.article(
        rx.el.div(picture, text, class_name="flex gap-3.5 p-3"),
        note or rx.fragment(),
        rx.el.div(button, class_name="px-3 pb-3"),
        class_name="card relative",
    )


def away(text: Text, icon_name: str = "navigation") -> rx.Component:
    """How far or how old a job is, as its card shows it."""
    return rx.el.span(icon(icon_name, 16), rx.el.span(words(text)), class_name="t-sm b flex items-center gap-1")


def money_row(
    *,
    href: str | rx.Var[str],
    photo_src: str | rx.Var[str],
    title: Text,
    chip: rx.Component,
    value: Text,
    note: Text = "",
    sized: bool = False,
) -> rx.Component:
    """One contribution, refund or payout in a list: picture, name, state, amount."""
    picture = photo(photo_src, "", sized=sized, ratio="w-14 h-14 rounded-md flex-none", sizes="56px")
    return rx.el.li(
        picture,
        rx.el.div(
            rx.el.a(words(title), href=href, class_name="cover b"),
            rx.el.div(chip, rx.el.span(words(note), class_name="t-sm mute"), class_name="row flex-wrap"),
            class_name="grow flex flex-col gap-1.5",
        ),
        amount(value, "s"),
        class_name="relative flex items-center gap-3 py-4 border-b border-chuna-200",
    )
