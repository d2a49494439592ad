"""The bell's drawer and what lies in it."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.buttons import icon_button
from cleanit_app.components.feedback import empty_state
from cleanit_app.components.icons import icon
from cleanit_app.components.lists import each
from cleanit_app.components.shells import DRAWER_ID
from cleanit_app.components.text import Text, attr, hidden, t, words

# tone of a notification → (box colours, icon)
_TONES = {
    "money": ("bg-genda-100 text-genda-800", "hand-coins"),
    "done": ("bg-neem-100 text-neem-700", "badge-check"),
    "job": ("bg-mor-100 text-mor-800", "hand"),
    "refund": ("bg-neel-100 text-neel-700", "undo-2"),
    "problem": ("bg-geru-100 text-geru-700", "circle-alert"),
    "security": ("bg-chuna-200 text-mor-800", "shield-check"),
    "receipt": ("bg-chuna-200 text-tar-900", "receipt-indian-rupee"),
}


def _picture(tone: Any) -> rx.Component:
    boxes = {name: rx.el.span(icon(picture), class_name=f"ic {look}") for name, (look, picture) in _TONES.items()}
    if not isinstance(tone, rx.Var):
        return boxes[tone]
    return rx.match(tone, *boxes.items(), boxes["receipt"])


def notification_item(
    *,
    text: Text,
    when: Text,
    tone: str | rx.Var[str] = "receipt",
    unread: bool | rx.Var[bool] = False,
    href: str | rx.Var[str] = "",
    before: str | rx.Var[str] = "",
    after: str | rx.Var[str] = "",
    on_open: Any = None,
) -> rx.Component:
    """One notification: what happened and when. ``tone`` is money, done, job, refund, problem, security or receipt.

    ``before`` and ``after`` are addresses of two small pictures of the place. ``on_open`` is fired when its link is
    followed, to mark it read.
    """
    fresh = hidden(t("notification.new"))
    link = rx.el.a(words(text), href=href, class_name="cover", **({} if on_open is None else {"on_click": on_open}))
    new: Any = rx.Var.create(unread)
    return rx.el.li(
        _picture(tone),
        rx.el.div(
            rx.el.div(rx.cond(new, fresh, rx.fragment()), link, class_name="leading-snug"),
            rx.el.div(words(when), class_name="t-sm mute mt-1"),
            rx.cond(rx.Var.create(before) != "", _pictures(before, after)),
            class_name="grow",
        ),
        class_name=rx.cond(new, "nt new relative", "nt relative"),
    )


def _pictures(before: Any, after: Any) -> rx.Component:
    def one(address: Any, name: str) -> rx.Component:
        picture = rx.el.img(
            src=address, alt=attr(f"photo.{name}"), width="72", height="54", loading="lazy",
            class_name="rounded w-[72px] h-[54px] object-cover",
        )  # fmt: skip
        return rx.el.figure(picture, rx.el.figcaption(t(f"photo.{name}"), class_name="t-sm mute", aria_hidden="true"))

    return rx.el.div(one(before, "before"), one(after, "after"), class_name="flex gap-2 mt-2")


def notification_list(items: rx.Var[Any] | Sequence[Any], on_open: Any = None) -> rx.Component:
    """Notifications from a Var list; each has id, text (str), when (str), tone, unread, href.

    ``on_open`` is an event handler that takes the id.
    """

    def one(item: Any) -> rx.Component:
        return notification_item(
            text=item.text,
            when=item.when,
            tone=item.tone,
            unread=item.unread,
            href=item.href,
            before=item.before,
            after=item.after,
            on_open=None if on_open is None else on_open(item.id),
        )

    nothing = empty_state(t("notification.none"), t("notification.none_more"), icon_name="check")
    listed: Any = items
    return rx.cond(listed.length() > 0, rx.el.ul(each(listed, one)), nothing)


def notification_drawer(
    items: rx.Component, *, on_read_all: Any = None, more: Any = routes.NOTIFICATIONS
) -> rx.Component:
    """The drawer the bell opens, with the sentence people should learn at its foot."""
    clicks = {} if on_read_all is None else {"on_click": on_read_all}
    head = rx.el.div(
        rx.el.h2(t("notification.title"), class_name="t-h2 grow", id="notifications-title"),
        rx.el.button(t("notification.read_all"), class_name="link t-sm min-h-[44px]", type="button", **clicks),
        icon_button("x", t("nav.close"), custom_attrs={"data-close": ""}),
        class_name="flex items-center gap-3 pl-4 pr-2 py-2 border-b border-chuna-200",
    )
    only_here = rx.el.p(
        icon("shield-check"),
        rx.el.span(t("brand.only_here")),
        class_name="row-t t-sm bg-mor-800 text-white p-4 flex-none",
    )
    all_of_them = rx.el.a(
        t("notification.all"), href=more, class_name="btn btn-quiet btn-block", custom_attrs={"data-close": ""}
    )
    return rx.el.dialog(
        head,
        rx.el.div(items, all_of_them, class_name="grow overflow-y-auto"),
        only_here,
        id=DRAWER_ID,
        class_name="drawer",
        custom_attrs={"aria-labelledby": "notifications-title"},
    )


def notification_group(title: Text, items: rx.Component) -> rx.Component:
    """Today or Earlier, with its notifications."""
    return rx.el.section(rx.el.h2(words(title), class_name="t-sm mute px-4 py-3 font-semibold"), items)


def toast_text(item: Any) -> rx.Component:
    """The words of a toast made on the server."""
    return words(item.text)
