"""The admin's frame and tools: rail, tables, queue, flags, checklist."""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import chain, takewhile
from operator import or_
from typing import Any, Literal

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.chips import flag_chip
from cleanit_app.components.feedback import offline_strip
from cleanit_app.components.icons import icon, stone_mark
from cleanit_app.components.lists import each
from cleanit_app.components.navigation import (
    Place,
    bell,
    current,
    help_button,
    hidden_heading,
    lang_switch,
    skip_link,
)
from cleanit_app.components.photos import avatar
from cleanit_app.components.shells import DRAWER_ID
from cleanit_app.components.text import Text, t, words
from cleanit_app.domain.actors import Permission

# None is a line between groups; a string is the group's name.
RAIL: tuple[Place | str, ...] = (
    Place("overview", routes.ADMIN, "admin.overview", "layout-dashboard"),
    Place("boards", routes.ADMIN_BOARDS, "admin.boards", "columns-2"),
    Place("verification", routes.ADMIN_CHECKS, "admin.verification", "scan-eye"),
    Place("campaigns", routes.ADMIN_CAMPAIGNS, "admin.campaigns", "map-pinned"),
    Place("people", routes.ADMIN_PEOPLE, "admin.people", "users"),
    "admin.money",
    Place("money", routes.ADMIN_MONEY, "admin.accounts", "wallet"),
    Place("coming", routes.ADMIN_FORECAST, "admin.coming", "hourglass"),
    Place("transactions", routes.ADMIN_TRANSACTIONS, "admin.transactions", "arrow-left-right"),
    Place("payouts", routes.ADMIN_PAYOUTS, "admin.payouts", "send"),
    Place("refunds", routes.ADMIN_REFUNDS, "admin.refunds", "undo-2"),
    Place("bulk", routes.ADMIN_BULK, "admin.bulk", "list"),
    Place("invoices", routes.ADMIN_INVOICES, "admin.invoices", "receipt-indian-rupee"),
    Place("tax", routes.ADMIN_TAX, "admin.tax", "landmark"),
    Place("reconciliation", routes.ADMIN_RECONCILIATION, "admin.reconciliation", "scale"),
    "admin.care",
    Place("disputes", routes.ADMIN_DISPUTES, "admin.disputes", "gavel"),
    Place("support", routes.ADMIN_SUPPORT, "admin.support", "life-buoy"),
    Place("fraud", routes.ADMIN_FRAUD, "admin.fraud", "siren"),
    "admin.system",
    Place("admins", routes.ADMIN_ADMINS, "admin.admins", "shield-check"),
    Place("audit", routes.ADMIN_AUDIT, "admin.audit", "history"),
    Place("errors", routes.ADMIN_ERRORS, "admin.errors", "octagon-alert"),
    Place("jobs", routes.ADMIN_JOBS, "admin.jobs", "cpu"),
    Place("flags", routes.ADMIN_FLAGS, "flags.title", "settings"),
    Place("banner", routes.ADMIN_BANNER, "banner.title", "bell-ring"),
    Place("settings", routes.ADMIN_SETTINGS, "admin.settings", "settings"),
)

# Who finds which place on the rail: any of these permissions. The services decide, this only tidies.
NEEDS: dict[str, tuple[Permission, ...]] = {
    "boards": (Permission.VERIFY_JOBS, Permission.SEE_FINANCES),
    "verification": (Permission.VERIFY_JOBS,),
    "campaigns": (Permission.APPROVE_CAMPAIGNS,),
    "people": (Permission.MANAGE_KYC, Permission.MANAGE_PEOPLE),
    "money": (Permission.SEE_FINANCES,),
    "coming": (Permission.SEE_FINANCES,),
    "transactions": (Permission.SEE_FINANCES,),
    "payouts": (Permission.SEE_FINANCES,),
    "refunds": (Permission.SEE_FINANCES,),
    "bulk": (Permission.MOVE_CAMPAIGN_MONEY, Permission.MANAGE_PEOPLE),
    "invoices": (Permission.SEE_FINANCES,),
    "tax": (Permission.SEE_FINANCES,),
    "reconciliation": (Permission.SEE_FINANCES,),
    "disputes": (Permission.DECIDE_DISPUTES,),
    "support": (Permission.ANSWER_SUPPORT,),
    "fraud": (Permission.LOOK_INTO_FRAUD,),
    "admins": (Permission.MANAGE_ADMINS,),
    "audit": (Permission.MANAGE_ADMINS,),
    "jobs": (Permission.MANAGE_ADMINS,),
    "flags": (Permission.MANAGE_ADMINS,),
    "banner": (Permission.MANAGE_ADMINS,),
    "settings": (Permission.MANAGE_ADMINS,),
    "errors": (Permission.SEE_FINANCES,),
}


def _count(value: Any, hot: bool) -> rx.Component:
    if value is None:
        return rx.fragment()
    number: Any = rx.Var.create(value)
    return rx.cond(number > 0, rx.el.span(number, class_name="c hot" if hot else "c"), rx.fragment())


def _rail_link(entry: Place, active: str, counts: dict[str, Any], hot: frozenset[str]) -> rx.Component:
    return rx.el.a(
        icon(entry.icon),
        rx.el.span(t(entry.key), class_name="lbl"),
        _count(counts.get(entry.name), entry.name in hot),
        href=entry.href,
        **current(entry.name == active),
    )


def _for_whom(shown: rx.Component, places: Sequence[Place], may: Any) -> rx.Component:
    """For who finds any of these places; a group without a place for somebody has no name either."""
    needs = [NEEDS.get(place.name, ()) for place in places]
    if may is None or not all(needs):
        return shown
    allowed = [may.contains(one.value) for one in dict.fromkeys(chain.from_iterable(needs))]
    return rx.cond(reduce(or_, allowed), shown, rx.fragment())


def _rail(kept: Sequence[Place | str], active: str, counts: dict[str, Any], hot: frozenset[str], may: Any) -> list[Any]:
    """The links of the rail with the names of their groups."""
    rail = []
    for n, entry in enumerate(kept):
        if isinstance(entry, Place):
            rail.append(_for_whom(_rail_link(entry, active, counts, hot), [entry], may))
            continue
        after = takewhile(lambda one: not isinstance(one, str), kept[n + 1 :])
        group = [place for place in after if isinstance(place, Place)]
        rail.append(_for_whom(rx.fragment(rx.el.hr(), rx.el.p(t(entry), class_name="group")), group, may))
    return rail


def _rail_top(unread: Any) -> rx.Component:
    """The logo with the bell beside it, so that news is at hand on every admin page."""
    mark = rx.el.a(stone_mark(), rx.el.span("Cleanit", class_name="lbl"), href=routes.ADMIN, class_name="logo inv")
    return rx.el.div(mark, bell(unread, DRAWER_ID), class_name="top")


def _rail_foot(name: Text, role: Text, initials: Text) -> rx.Component:
    who = rx.el.a(
        avatar(initials),
        rx.el.span(
            rx.el.b(words(name), class_name="b text-white block"),
            rx.el.span(words(role), class_name="t-xs text-mor-300"),
            class_name="lbl",
        ),
        href=routes.ME,
        class_name="me",
    )
    tools = rx.el.div(lang_switch(), help_button("iconbtn !w-11"), class_name="tools flex items-center gap-2")
    return rx.el.div(tools, who, class_name="who")


def admin_shell(
    content: rx.Component,
    *,
    active: str,
    counts: dict[str, Any] | None = None,
    hot: Sequence[str] = ("verification", "reconciliation", "disputes", "support", "fraud"),
    shown: Sequence[str] | None = None,
    mini: bool = False,
    name: Text = "",
    role: Text = "",
    initials: Text = "",
    unread: Any = 0,
    may: Any = None,
    drawer: rx.Component | None = None,
    toasts: rx.Component | None = None,
    banner: rx.Component | None = None,
) -> rx.Component:
    """The frame of admin pages: a rail with counts at the left, on narrow screens a strip on top.

    ``counts`` are numbers or Vars by place name; places in ``hot`` are marigold: somebody is needed today.
    ``shown`` limits the rail to pages that exist; ``mini`` folds it to 64 px. ``name``, ``role`` and
    ``initials`` are the admin's, ``may`` a Var of that person's permissions; ``unread`` is the bell's number.
    """
    entries = [e for e in RAIL if isinstance(e, str) or shown is None or e.name in shown]
    kept = [
        e for n, e in enumerate(entries) if isinstance(e, Place) or isinstance((entries[n + 1 :] or [""])[0], Place)
    ]
    return rx.el.div(
        skip_link(),
        rx.el.nav(
            hidden_heading("nav-top", "nav.main"),
            _rail_top(unread),
            *_rail(kept, active, counts or {}, frozenset(hot), may),
            _rail_foot(name, role, initials),
            class_name="side",
            custom_attrs={"aria-labelledby": "nav-top"},
        ),
        rx.el.div(offline_strip(), banner or rx.fragment(), rx.el.main(content, id="content", tab_index=-1)),
        drawer or rx.fragment(),
        toasts or rx.fragment(),
        class_name="adm mini" if mini else "adm",
    )


Column = tuple[str, Text]


def data_table(
    caption: Text,
    columns: Sequence[Text],
    rows: rx.Var[Any] | Sequence[Any],
    cells: Any,
    *,
    right: Sequence[int] = (),
    empty: Text | None = None,
    sorting: Mapping[int, tuple[Any, Any]] | None = None,
    headed: bool = False,
) -> rx.Component:
    """A table that turns into cards under 768 px; ``headed`` says that a heading of the same words stands above it.

    ``cells(row)`` gives the content of each cell of a row; ``rows`` is a Var list or a plain one.
    ``right`` are the numbers of columns set to the right (amounts, counts). ``sorting`` has for each column that can
    sort its ``aria-sort`` (a Var: ascending, descending, none) and what a press does.
    """
    sortable = sorting or {}

    def body_row(row: Any) -> rx.Component:
        made = []
        for number, cell in enumerate(cells(row)):
            name = rx.el.span(words(columns[number]), class_name="th", aria_hidden="true")
            made.append(rx.el.td(name, rx.el.div(words(cell)), class_name="r" if number in right else ""))
        return rx.el.tr(*made)

    nothing = rx.el.tr(
        rx.el.td(words(empty) if empty is not None else t("table.empty"), col_span=len(columns), class_name="mute")
    )
    heads = [
        _sort_head(words(name), *sortable[number], right=number in right)
        if number in sortable
        else rx.el.th(words(name), scope="col", class_name="r" if number in right else "")
        for number, name in enumerate(columns)
    ]
    if isinstance(rows, rx.Var):
        listed: Any = rows
        body: Any = rx.cond(listed.length() > 0, each(listed, body_row), nothing)
    else:
        body = rx.fragment(*[body_row(row) for row in rows]) if rows else nothing
    table = rx.el.table(
        rx.el.caption(words(caption), class_name="sr" if headed else ""),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(body),
        class_name="tbl cards",
    )
    return rx.el.div(table, class_name="card relative overflow-x-auto")


def _sort_head(name: rx.Component, order: Any, on_click: Any, *, right: bool) -> rx.Component:
    """A head that sorts: a button, with the order said and shown."""
    arrow = rx.match(
        order, ("ascending", icon("chevron-up", 16)), ("descending", icon("chevron-down", 16)), rx.fragment()
    )
    press = rx.el.button(
        name, arrow, type="button", on_click=on_click, class_name="b inline-flex items-center gap-1 min-h-[44px]"
    )
    return rx.el.th(press, scope="col", class_name="r" if right else "", custom_attrs={"aria-sort": order})


def queue_group(title: Text, count: Any, *rows: rx.Component, urgent: bool = False) -> rx.Component:
    """A part of the queue with its name and count."""
    face = [icon("flame", 16)] if urgent else []
    head = rx.el.div(
        rx.el.span(*face, words(title), class_name="flex items-center gap-1.5"),
        rx.el.span(count, class_name="num"),
        class_name="qh urgent" if urgent else "qh",
    )
    return rx.el.section(head, *rows)


def queue_row(
    *,
    href: str | rx.Var[str],
    place: Text,
    pay: Text,
    who: Text,
    waiting: Text,
    late: bool | rx.Var[bool] = False,
    amber: bool | rx.Var[bool] = False,
    active: bool | rx.Var[bool] = False,
    chips: Sequence[rx.Component] = (),
) -> rx.Component:
    """One job that waits for a decision; ``amber`` (over 24 h) and ``late`` (over 48 h) colour its waiting time."""
    age: Any = rx.cond(late, "num text-geru-600 b", rx.cond(amber, "num text-genda-700 b", "num mute"))
    return rx.el.a(
        rx.el.div(
            rx.el.b(words(place), class_name="b"),
            rx.el.span(words(pay), class_name="rs"),
            class_name="row sp",
        ),
        rx.el.div(
            rx.el.span(words(who), class_name="mute"),
            rx.el.span(words(waiting), class_name=age),
            class_name="row sp t-xs mt-1",
        ),
        rx.el.div(*chips, class_name="flex flex-wrap gap-1.5 mt-1.5") if chips else rx.fragment(),
        href=href,
        class_name="q",
        aria_current=rx.cond(active, "true", "false") if isinstance(active, rx.Var) else ("true" if active else None),
    )


FlagTone = Literal["info", "warn", "severe", "off"]


def flag(title: Text, text: Text, tone: FlagTone | rx.Var[str] = "warn", icon_name: str = "flag") -> rx.Component:
    """A flag as evidence: what was seen, and the likely innocent reason beside it."""
    look = (
        rx.match(tone, *[(n, f"flag {n}") for n in ("warn", "severe", "off")], "flag")
        if isinstance(tone, rx.Var)
        else f"flag {tone}"
    )
    return rx.el.div(
        icon(icon_name), rx.el.div(rx.el.b(words(title), class_name="bb block"), words(text)), class_name=look
    )


def signal(name: Text, value: Text, tone: str | rx.Var[str] = "pass") -> rx.Component:
    """One checked fact: ``tone`` is pass, look or fail; the number stands at the right."""
    marks = {
        "pass": rx.el.span(icon("circle-check"), class_name="text-neem-600"),
        "look": rx.el.span(icon("triangle-alert"), class_name="text-genda-700"),
        "fail": rx.el.span(icon("circle-alert"), class_name="text-geru-600"),
    }
    mark = rx.match(tone, *marks.items(), marks["look"]) if isinstance(tone, rx.Var) else marks[tone]
    return rx.el.li(
        mark,
        rx.el.span(words(name), class_name="grow"),
        rx.el.span(words(value), class_name="b num"),
        class_name="flex items-center gap-3 min-h-[40px] border-b border-chuna-200 last:border-0",
    )


def checklist_line(
    name: str, label: Text, number: int, *, flagged: Text | rx.Var[Any] | None = None, **props: Any
) -> rx.Component:
    """One of the five points; a flagged one is tinted and never ticked beforehand."""
    text = rx.el.span(rx.el.span(words(label), class_name="block"), class_name="grow")
    if flagged is not None:
        why = rx.el.span(words(flagged), class_name="t-sm text-genda-700 block")
        text = rx.el.span(rx.el.span(words(label), class_name="block b"), why, class_name="grow")
    return rx.el.label(
        rx.el.input(type="checkbox", id=name, name=name, class_name="cb", **props),
        text,
        rx.el.span(str(number), class_name="kbd", aria_hidden="true"),
        class_name="check flagged" if flagged is not None else "check",
    )


__all__ = [
    "RAIL",
    "admin_shell",
    "checklist_line",
    "data_table",
    "flag",
    "flag_chip",
    "queue_group",
    "queue_row",
    "signal",
]
