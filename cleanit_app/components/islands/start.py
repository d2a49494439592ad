"""The form that starts a cleanup."""

from typing import Any

import reflex as rx
from reflex_base.components.component import field

from cleanit_app import routes
from cleanit_app.components.islands.maps import LEAFLET
from cleanit_app.components.islands.photo_rules import photo_rules
from cleanit_app.components.islands.source import script, word_prop
from cleanit_app.domain.bounds import SIGNS_A_LETTER
from cleanit_app.domain.business_limits import LIMITS, BusinessLimits
from cleanit_app.domain.places import INDIA_LATITUDE, INDIA_LONGITUDE
from cleanit_app.domain.statuses import CampaignStatus
from cleanit_app.domain.terms import TERMS

WORDS: tuple[str, ...] = (
    "start.",
    "field.",
    "photo.",
    "map.",
    "place.",
    "form.",
    "kerb.sent",
    "state.retry",
    "campaign.DRAFT",
)
WORDS += ("nav.sign_in",)


class StartForm(rx.Component):
    """See `start_form`."""

    library = script("start_form.jsx")
    lib_dependencies: list[str] = field(default_factory=lambda: [LEAFLET])
    tag = "StartForm"
    owner: rx.Var[str]
    again: rx.Var[dict[str, Any]]
    url: rx.Var[str]
    rules: rx.Var[dict[str, Any]]
    tile_url: rx.Var[str]
    attribution: rx.Var[str]
    places_url: rx.Var[str]
    near_url: rx.Var[str]
    login_url: rx.Var[str]
    join_url: rx.Var[str]
    mine_url: rx.Var[str]
    look_url: rx.Var[str]
    words: rx.Var[dict[str, str]]


def expiry_table(limits: BusinessLimits = LIMITS) -> list[list[int | None]]:
    """How long a cleanup collects: rows of (target in paise up to, days); the last has no upper end."""
    ends: list[list[int | None]] = []
    for most_paise, days in limits.campaign_windows:
        if ends and ends[-1][1] == days:
            ends[-1][0] = most_paise
        else:
            ends.append([most_paise, days])
    ends[-1][0] = None
    return ends


def start_rules(fee_bps: Any = TERMS.fee_bps, expiry: Any = None) -> dict[str, Any]:
    """The rules of a new cleanup as the form needs them, taken from the domain (CAM-02 … CAM-07).

    Share and days are those that hold now, where the page knows them.
    """
    return {
        "title": list(LIMITS.title_length),
        "description": list(LIMITS.description_length),
        "address": list(LIMITS.address_length),
        "signsALetter": SIGNS_A_LETTER,
        "samePlaceKm": LIMITS.same_place_km,
        "target": list(LIMITS.target_paise),
        "photo": photo_rules(),
        "photoBytes": LIMITS.campaign_photo_bytes,
        "feeBps": fee_bps,
        "waits": CampaignStatus.DRAFT.value,
        "expiry": expiry_table() if expiry is None else expiry,
        "india": [list(INDIA_LATITUDE), list(INDIA_LONGITUDE)],
    }


def start_form(
    *,
    owner: Any,
    again: Any,
    fee_bps: Any,
    expiry: Any,
    url: str = routes.API_CAMPAIGNS,
    tile_url: Any = "",
    attribution: Any = "",
    places_url: str = routes.API_PLACES,
    near_url: str = routes.API_CAMPAIGNS,
    login_url: str = routes.after_login(routes.START),
    join_url: str = f"{routes.JOIN}?next={routes.START}",
    mine_url: str = routes.MY_CAMPAIGNS,
    look_url: str = routes.DISCOVER,
) -> rx.Component:
    """Photo, place, details, one more look, send; a draft on the phone until the server has it,
    kept under the person `owner` (an id), or under the tab while it is empty: then it asks who sends at the end.

    `again` is empty, or what a declined campaign said: its id as ``again``, the fields of a draft, ``why`` it was
    declined, ``photoUrl``.

    Sends multipart ``title, description, targetPaise, latitude, longitude, address, photo`` to ``url``
    with an ``Idempotency-Key``. 201 with status DRAFT shows the waiting page, other 201 go to the
    campaign below ``look_url``; 422 ``fields`` go to their fields. ``places_url?q=`` (optional) answers
    ``{items: [{name, latitude, longitude}]}``; ``near_url`` is asked for a cleanup at the same place.
    Put it into `citizen_shell` with ``dock=rx.fragment()``: it brings its own.
    """
    return StartForm.create(
        owner=owner,
        again=again,
        url=url,
        rules=rx.Var.create(start_rules(fee_bps, expiry)),
        tile_url=tile_url,
        attribution=attribution,
        places_url=places_url,
        near_url=near_url,
        login_url=login_url,
        join_url=join_url,
        mine_url=mine_url,
        look_url=look_url,
        words=word_prop(*WORDS),
    )
