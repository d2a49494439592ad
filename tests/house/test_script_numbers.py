"""Scripts are told the numbers of the business by the domain: none types one that would have to change with it."""

from __future__ import annotations

import re

import pytest

from cleanit_app.domain.business_limits import LIMITS
from cleanit_app.domain.places import EARTH_KM
from cleanit_app.domain.reading.numbers import MOST_DIGITS
from tests.components.sources import scripts

_NUMBER = r"-?\d[\d_]*(?:\.\d+)?(?:e\d+)?(?![\w.%])"
_PLACES = (
    rf"[<>]=?\s*({_NUMBER})",  # compared with
    rf"(?<![\w.])({_NUMBER})\s*[<>]=?(?!>)",
    rf"(?<![=!<>])=\s*\{{?({_NUMBER})",  # a constant's, a default or a prop: MOST = 6, pause = 350, maxLength={100}
    rf"\b\w+: ({_NUMBER})",  # an option's: { timeout: 15000 }
    rf"[?&]\w+=({_NUMBER})",  # asked for in an address
    rf"\bslice\(\d+, ({_NUMBER})\)",  # as many of a list
    rf"set(?:Timeout|Interval)\(.*?, ({_NUMBER})\)",
    rf"\}}, ({_NUMBER})\)",  # the end of a longer one of these
)
LIMITS_HERE = re.compile("|".join(_PLACES))
_ROW = re.compile(r"\b[A-Z_]{3,} = \[([\d., _]+)\]")  # PAUSES = [2, 4, 8]
_COMMENT = re.compile(r"(?<![:\"'])//.*$|/\*.*?\*/", re.M)
_LOOKS = re.compile(r"\b(?:size|rows|zoom|zoomSnap|weight|fillOpacity|tabIndex|aria-value\w+)(?: = |=\{|: )[\d.]+\}?")
_STATUS = re.compile(r"\bstatus(?: [<>=!]=*) \d{3}\b")
_PLAIN = {"-1", "0", "1", "2"}

OF_THEIR_OWN = {
    "exif.js": "the numbers of the formats it reads",
    "photo.js": "the arithmetic of the measure; the server's answers for the same pictures are compared in tests",
}
"""Scripts that are nothing but such numbers."""

OF_THE_BROWSER: dict[str, dict[str, str]] = {
    "before_after.jsx": {"50": "per cent: where the knob stands at first"},
    "claim.jsx": {"20000": "ms of patience for a place", "300000": "ms that a place stays good enough for a warning"},
    "codes.jsx": {"1000": "ms in a second"},
    "compare.jsx": {"6": "times larger at most", "0.5": "the middle"},
    "distance.jsx": {"15000": "ms of patience for a place", "60000": "ms that a place stays good enough"},
    "drafts.js": {"86400000": "ms in a day"},
    "identifiers.js": {"254": "letters of an address of mail, RFC 5321"},
    "kit.jsx": {
        "995000": "bytes that still round to less than a megabyte",
        "995": "metres that still round to less than a kilometre",
        "9950": "metres that still round to less than ten kilometres",
    },
    "live.jsx": {
        "99": "the title of a tab has room for two digits",
        "3600000": "ms in an hour",
        "6000": "ms that a toast stays",
        "500": "ms until a toast follows a dock that grew",
        "15000": "ms of patience for a place",
        "60000": "ms in a minute, and as old as a place may be",
        "24": "hours in a day",
    },
    "map.jsx": {
        "15000": "ms of patience for a place",
        "10000": "ms that a place stays fresh",
        "19": "the closest that tiles are drawn",
        "79": "degrees: the middle of India, for a map without a pin",
        "22.5": "degrees: the middle of India, for a map without a pin",
    },
    "net.js": {"120000": "ms of patience for an answer"},
    "proof_camera.jsx": {
        **dict.fromkeys(("4", "8", "15", "30", "60"), "seconds between tries to send"),
        "5000": "ms that a place stays fresh",
        "1920": "px asked of a camera",
        "1440": "px asked of a camera",
        "640": "px: the live picture is looked at in this width",
        "800": "ms between looks at the picture",
    },
    "search_box.jsx": {"350": "ms between a key and a question", "100": "signs; a page pasted by mistake is cut"},
    "start_draft.js": {"3": "the last step"},
    "start_form.jsx": {
        "15000": "ms of patience for a place",
        "30000": "ms that a place stays fresh",
        "60": "ms until the step is drawn",
        "3": "the last step",
    },
    "waiting_proofs.jsx": {"30": "seconds until what could not go is tried again"},
    "start_steps.jsx": {
        "2000": "signs; a page pasted by mistake is cut, and an address too long is told so at the field",
        "5": "towns to choose from",
        "300": "ms between a key and a question",
        "600": "ms between a pin and a question",
    },
}
"""By script and number: what it is, and so why the domain knows nothing of it."""

THE_SAME_HERE = {
    ("drafts.js", "DAYS = 30"): LIMITS.kept_on_phone.days == 30,
    ("reading.js", "MOST_DIGITS = 13"): MOST_DIGITS == 13,
    ("kit.jsx", "2 * 6371008.8 *"): round(EARTH_KM * 1000, 1) == 6371008.8,
}
"""Numbers of scripts that are given nothing; here and there they must be the same."""


def limits_in(source: str) -> list[str]:
    """The numbers that stand where a limit would: compared with, named, asked for, waited for."""
    bare = _STATUS.sub("", _LOOKS.sub("", _COMMENT.sub("", source)))
    found = [next(filter(None, match.groups())) for line in bare.splitlines() for match in LIMITS_HERE.finditer(line)]
    found += [number for row in _ROW.findall(bare) for number in re.findall(_NUMBER, row)]
    return [number for number in found if number not in _PLAIN]


def _same(script: str) -> set[str]:
    return {number for name, text in THE_SAME_HERE if name == script for number in re.findall(_NUMBER, text)}


def test_no_script_types_a_number_that_the_domain_knows() -> None:
    unknown = [
        f"{name}: {number}"
        for name, source in scripts().items()
        if name not in OF_THEIR_OWN
        for number in limits_in(source)
        if number not in OF_THE_BROWSER.get(name, {}).keys() | _same(name)
    ]
    assert unknown == [], "give it to the script as a prop, from the domain; or say here what it is"


def test_what_is_excepted_is_still_there() -> None:
    gone = [
        f"{name}: {number}"
        for name, numbers in OF_THE_BROWSER.items()
        for number in numbers
        if number not in limits_in(scripts()[name])
    ]
    assert gone == []
    assert set(OF_THEIR_OWN) <= set(scripts())


@pytest.mark.parametrize(("script", "text"), THE_SAME_HERE)
def test_a_script_that_is_given_nothing_has_the_same_number(script: str, text: str) -> None:
    assert text in scripts()[script]
    assert THE_SAME_HERE[script, text]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("const WAIT = 60;", ["60"]),
        ("const PAUSES = [4, 8];", ["4", "8"]),
        ("if (metres <= 150) setNear(item);", ["150"]),
        ("if (150 > metres) setNear(item);", ["150"]),
        ("`${url}?near=1&radiusKm=0.1&limit=1`", ["0.1"]),
        ('<input maxLength={100} name="q" />', ["100"]),
        ("export function Box({ pause = 350 }) {", ["350"]),
        ("}, 600);", ["600"]),
        ("setTimeout(() => look(), 800);", ["800"]),
        ("items.slice(0, 5)", ["5"]),
        ("{ enableHighAccuracy: true, timeout: 15_000 }", ["15_000"]),
        ("if (answer.status === 401 || status >= 500) return;", []),
        ("const half = all >> 1; // 60 of them", []),
        ('<Icon name="x" size={24} />', []),
    ],
)
def test_a_number_is_found_where_a_limit_would_stand(line: str, found: list[str]) -> None:
    assert limits_in(line) == found
