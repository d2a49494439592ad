"""Every component in every state on one page, to look at while building and to compare with the design."""

import reflex as rx

from cleanit_app import routes
from cleanit_app.components.admin import checklist_line, data_table, flag, queue_group, queue_row, signal
from cleanit_app.components.buttons import button, closes, icon_button, link_button, opens
from cleanit_app.components.cards import campaign_card, going_ahead, job_card, money_row
from cleanit_app.components.chips import STATES, flag_chip, state_chip
from cleanit_app.components.feedback import card_skeleton, empty_state, error_state, loading, note
from cleanit_app.components.fields import (
    checkbox,
    error_summary,
    option,
    options,
    password_field,
    pill,
    pills,
    switch,
    tabs,
    text_area,
    text_field,
)
from cleanit_app.components.icons import icon
from cleanit_app.components.islands.before_after import before_after
from cleanit_app.components.islands.live import countdown, live_title
from cleanit_app.components.islands.maps import map_view
from cleanit_app.components.islands.pay import money_input
from cleanit_app.components.money import ledger_band, ledger_strip, receipt_card, split_bar, stat_tile
from cleanit_app.components.navigation import dhoop_switch
from cleanit_app.components.notifications import notification_drawer, notification_group, notification_item
from cleanit_app.components.overlays import dialog
from cleanit_app.components.photos import avatar, plate, stone
from cleanit_app.components.progress import Disc, Node, day_blocks, kerb, money_rail, steps, timeline
from cleanit_app.components.shells import citizen_shell
from cleanit_app.components.text import Text, t, words
from cleanit_app.domain.terms import TERMS

SWATCHES = [
    "bg-chuna-50",
    "bg-chuna-100",
    "bg-chuna-200",
    "bg-tar-900",
    "bg-tar-500",
    "bg-mor-800",
    "bg-mor-700",
    "bg-mor-600",
    "bg-genda-400",
    "bg-neem-600",
    "bg-geru-600",
    "bg-neel-600",
]


def _section(title: str, *content: rx.Component, wide: bool = False) -> rx.Component:
    body = rx.el.div(*content, class_name="flex flex-col gap-4")
    span = "md:col-span-2" if wide else ""
    return rx.el.section(
        rx.el.h2(title, class_name="t-h3 mb-4"), body, class_name=f"card p-6 overflow-visible min-w-0 {span}"
    )


def _row(*items: rx.Component) -> rx.Component:
    return rx.el.div(*items, class_name="flex flex-wrap gap-3 items-start")


def _captioned(item: rx.Component, text: Text) -> rx.Component:
    return rx.el.div(item, rx.el.p(words(text), class_name="t-xs mute mt-1.5"))


def _buttons() -> rx.Component:
    return _section(
        "Buttons",
        _row(
            button("Chip in"),
            button("Chip in", busy=True, busy_label="Paying…"),
            button("Chip in", disabled=True, reason="You started this cleanup, so you cannot fund it."),
        ),
        _row(
            button("Take photo", kind="sun", icon_name="camera"),
            button("Second choice", kind="line"),
            button("Reject", kind="danger", key_hint="R"),
            button("Approve", kind="ok"),
            button("Quiet", kind="quiet"),
        ),
        _row(
            link_button("Open", "/", size="s"),
            button("Main", size="l"),
            icon_button("share-2", t("nav.share")),
            icon_button("x", t("nav.close")),
        ),
    )


def _kerbs() -> rx.Component:
    return _section(
        "Kerb: the only progress bar",
        _captioned(kerb(46), "Collecting, 46%. The post marks 80%, where the cleanup can go ahead."),
        _captioned(kerb(100, "full"), "Fully funded, or an upload"),
        _captioned(kerb(100, "done"), "Cleaned and checked"),
        _captioned(day_blocks(2, 2), "Seven days to finish a job"),
        _captioned(steps(2, 4), "Step 2 of 4"),
        dhoop_switch(),
    )


def _fields() -> rx.Component:
    name, hint = t("start.details.name"), t("start.details.name_hint")
    wrong = "Use at least 10 letters. Try “Drain behind the clinic”."
    return _section(
        "Fields",
        rx.el.div(
            text_field("g-rest", name, hint=hint, placeholder="Drain behind the clinic"),
            text_field("g-error", name, error=wrong, default_value="Drain"),
            money_input("g-money", "Target", value=12_500_000, compact=True, error="The most is ₹50,000."),
            password_field("g-pass", "Password"),
            text_field("g-off", name, disabled=True, default_value="Not now", error=""),
            text_area("g-story", t("start.details.story"), error=None),
            class_name="grid gap-4 sm:grid-cols-2",
        ),
        options(
            "Pay with",
            option("g-pay", "upi", "UPI", "Opens on this phone", "smartphone", default_checked=True),
            option("g-pay", "card", "Debit or credit card", icon_name="credit-card"),
        ),
        checkbox("g-name", "Show my name to neighbours", default_checked=True),
        switch("g-switch", "Cleanup progress", "New money, claimed, cleaned", default_checked=True),
        money_input("g-give", "How much will you give?", value=50_000, quick=(10_000, 25_000, 50_000, 74_000)),
        error_summary([("g-error", wrong)]),
    )


def _chips() -> rx.Component:
    rows = [_row(*[state_chip(kind, state) for state in states]) for kind, states in STATES.items()]
    return _section(
        "Status chips and stones",
        *rows,
        _row(flag_chip("Location mismatch", True, "map-pin-off"), flag_chip("Timestamp issue", icon_name="timer")),
        _row(
            stone("1"),
            stone("3", "mor"),
            stone("4", "neem"),
            stone("7", size="s"),
            plate("Chowk, Lucknow", "चौक, लखनऊ"),
            plate("Chowk, Lucknow"),
            avatar("AV"),
        ),
    )


def _rails() -> rx.Component:
    return _section(
        "Money rail and timeline",
        money_rail(
            [
                Disc("Held 17 Nov", "lock", "done"),
                Disc("Being checked", "eye", "now"),
                Disc("Cleaner is paid", "indian-rupee"),
            ]
        ),
        money_rail(
            [
                Disc("Held 2 Oct", "lock", "done"),
                Disc("Closed at 46%", "clock-alert", "gone"),
                Disc("Refund in your bank by 25 Nov", "undo-2", "ref"),
            ]
        ),
        split_bar("₹3,800", "₹200", TERMS.fee_bps),
        timeline(
            [
                Node("Posted and approved", "ok", "13 Oct"),
                Node("Collecting money", "now", "Closes 27 Nov", "hand-coins"),
                Node("Photo not accepted", "bd", "The left side is still dirty"),
                Node("A cleaner takes the job"),
                Node("Checked by Cleanit"),
            ]
        ),
    )


def _messages() -> rx.Component:
    return _section(
        "Messages",
        note("You are offline. Your photo is saved and will send itself.", "warn", "wifi-off"),
        note("Payment did not go through. No money left your account.", "err"),
        note("Bank account verified. ₹1 came back to us.", "ok"),
        note("Money gone but this page still waiting? Do not pay again.", "plain"),
        rx.el.div(
            rx.el.span(icon("check"), class_name="stone"),
            rx.el.span(rx.el.b("Job claimed."), " Finish by 25 Nov, 4 pm.", class_name="grow"),
            rx.el.a("Open", href="/"),
            class_name="toast max-w-none",
        ),
        error_state("We could not load this.", safe="Your money is safe.", code="K7-204"),
        _row(button("Open a sheet", kind="line", custom_attrs=opens("g-sheet")), countdown("2030-01-01T00:00:00Z")),
        dialog(
            "g-sheet",
            "Leave this job?",
            rx.el.p("Others can take it then.", class_name="mb-4"),
            button("Leave job", kind="danger", block=True, custom_attrs=closes()),
        ),
    )


def _cards(photos: str) -> rx.Component:
    lane = f"{photos}/lane-before.jpg"
    return _section(
        "Cards",
        rx.el.div(
            campaign_card(
                href="/",
                photo_src=lane,
                photo_alt="Heap of bags",
                place="Gali No. 4, Aminabad",
                place_hindi="गली नं. 4, अमीनाबाद",
                title="Corner dump outside the school gate",
                percent=82,
                raised="₹3,260",
                of=t("money.of", target="₹4,000"),
                time=t("time.days_left", n=9),
                reason=going_ahead("Past 80%: this cleanup will go ahead"),
            ),
            campaign_card(
                href="/",
                photo_src=f"{photos}/ghat-before.jpg",
                photo_alt="",
                place="Kudiya Ghat, Gomti",
                title="Ghat steps after the festival",
                percent=100,
                kerb_state="full",
                raised="₹8,500",
                of=t("money.fully_funded"),
                time="Claimed",
                time_icon="hand",
                reason="Sunita Devi will clean it by 27 Nov",
            ),
            rx.el.div(
                job_card(
                    href="/",
                    photo_src=lane,
                    photo_alt="",
                    pay="₹3,800",
                    place="Gali No. 4, Aminabad",
                    kind="Dry waste, 1 heap",
                    far=t("place.away", distance="350 m"),
                    action="See the job",
                ),
                class_name="big",
            ),
            loading(card_skeleton()),
            class_name="grid gap-6 md:grid-cols-2 lg:grid-cols-4 items-start",
        ),
        rx.el.ul(
            money_row(
                href="/",
                photo_src=lane,
                title="Gali No. 4, Aminabad",
                chip=state_chip("escrow", "HELD"),
                value="₹500",
            )
        ),
        wide=True,
    )


def _money() -> rx.Component:
    return _section(
        "Money",
        ledger_strip("₹4,82,300", "₹31,64,850", "₹1,12,400", icons=True),
        rx.el.div(
            stat_tile("Held for cleanups", "₹4,82,300", "118 campaigns", swatch="held", dark=True, icon_name="lock"),
            stat_tile("Waiting for check", "14", "Average 19 h, goal 24 h", swatch="stop", href="/", alert=True),
            stat_tile("Payouts due", "₹38,475", "9 cleaners, next run 10 am", swatch="paid"),
            class_name="grid gap-3 sm:grid-cols-2",
        ),
        receipt_card(
            [("Receipt", "CL-2418-0015"), ("Paid by", "UPI, Google Pay"), ("When", "17 Nov, 4:16 pm")],
            [
                link_button("Receipt", "/", kind="quiet", icon_name="download"),
                link_button("My money", "/", kind="quiet"),
            ],
        ),
    )


def _photos(photos: str) -> rx.Component:
    points = [
        {"latitude": 26.8393, "longitude": 80.8841, "kind": "spot", "name": "Before"},
        {"latitude": 26.8397, "longitude": 80.8853, "kind": "photo", "name": "After"},
    ]
    return _section(
        "Before and after, map",
        before_after(
            f"{photos}/market-before.jpg",
            f"{photos}/market-after.jpg",
            plate("Nishatganj Market", "निशातगंज बाज़ार", class_name="absolute left-3 top-3"),
            start=58,
            class_name="aspect-[16/10] rounded-xl",
        ),
        map_view(points, ring_m=500, accuracy_m=9, line=True),
    )


def _notifications() -> rx.Component:
    return notification_drawer(
        rx.fragment(
            notification_group(
                "Today",
                rx.el.ul(
                    notification_item(
                        text="Kudiya Ghat is clean.", when=t("time.now"), tone="done", unread=True, href="/"
                    ),
                    notification_item(text="Imran gave ₹500.", when="22 min ago", tone="money", unread=True, href="/"),
                ),
            ),
            notification_group(
                "Earlier",
                rx.el.ul(notification_item(text="Receipt for ₹500, Gali No. 4.", when="17 Nov", href="/")),
            ),
        )
    )


def _admin() -> rx.Component:
    return _section(
        "Admin",
        rx.el.div(
            rx.el.div(
                queue_group(
                    "Urgent, past 48 h",
                    2,
                    queue_row(
                        href="/",
                        place="Nehru Bal Park",
                        pay="₹7,600",
                        who="Ramesh Pal",
                        waiting="51 h",
                        late=True,
                        active=True,
                        chips=(flag_chip("1 flag", True),),
                    ),
                    queue_row(href="/", place="Aishbagh footpath", pay="₹2,375", who="Salma Bano", waiting="49 h"),
                    urgent=True,
                ),
                class_name="card",
            ),
            rx.el.div(
                flag("Photo time looks odd", "The file says 6:39 am, we received it at 6:52 am. Often a slow network."),
                rx.el.ul(
                    signal("Place", "127 m from the pin"),
                    signal("Photo time", "13 min gap", "look"),
                    signal("Reused photo", "Same as CL-2210", "fail"),
                    class_name="card px-3.5 py-1 mt-2",
                ),
            ),
            rx.el.div(
                checklist_line("c1", "Both photos show the same place", 1, default_checked=True),
                checklist_line("c5", "Time is reasonable", 5, flagged="Flagged: look before you tick"),
            ),
            class_name="grid gap-6 lg:grid-cols-3",
        ),
        data_table(
            "Flags to look at",
            ["What we saw", "Who", "Money held"],
            [("Photo reused", "Arif Ali", "₹5,700"), ("3 accounts, 1 phone", "Vikas, Vikas K", "₹0")],
            lambda row: row,
            right=(2,),
        ),
        data_table("Nothing", ["What", "When"], [], lambda row: row),
        wide=True,
    )


def gallery_page(photos: str = "/demo") -> rx.Component:
    """The component sheet; ``photos`` is where the demo pictures are served."""
    colours = rx.el.div(
        *[rx.el.span(class_name=f"h-11 rounded-md shadow-2 {look}") for look in SWATCHES],
        class_name="grid grid-cols-6 lg:grid-cols-12 gap-2",
    )
    nothing = empty_state(
        "No cleanups here yet",
        "Be the first on your street to start one.",
        action=link_button("Start one", routes.START, kind="line", size="s"),
    )
    filters = pills(
        pill("Almost there", on=True), pill("Ending soon"), pill("New"), pill(t("nav.cleaned"), icon_name="map")
    )
    grid = rx.el.div(
        _section("Colour", colours, wide=True),
        _buttons(),
        _kerbs(),
        _fields(),
        _chips(),
        _rails(),
        _messages(),
        _money(),
        _photos(photos),
        _cards(photos),
        _section("Filters and tabs", filters, tabs([("a", "All", "/"), ("b", "Held", "/")], "a"), nothing, wide=True),
        _admin(),
        class_name="wide grid gap-5 py-8 md:grid-cols-2",
    )
    band = ledger_band(
        "Where all the money is",
        "Updated a minute ago. Anyone can check it.",
        [
            ("held", "Held safely", "₹4,82,300", "for 118 open cleanups"),
            ("paid", "Paid to cleaners", "₹31,64,850", "for 964 places cleaned"),
            ("refunded", "Refunded", "₹1,12,400", "to 371 people, in full"),
        ],
        icons=("lock", "check", "undo-2"),
    )
    return citizen_shell(
        rx.el.div(live_title(3), rx.el.h1(icon("sparkles"), "Cleanit", class_name="sr"), grid, band),
        active="discover",
        unread=3,
        signed_in=True,
        drawer=_notifications(),
    )
