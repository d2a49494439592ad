"""Chips for every state, icons that exist, a style sheet within its budget and with enough contrast."""

from __future__ import annotations

import gzip
import re
from enum import StrEnum

import pytest
import reflex as rx

from cleanit_app.components.chips import STATES, state_chip
from cleanit_app.components.icons import ICONS, icon
from cleanit_app.domain import statuses
from tests.components.sources import PACKAGE, PROJECT, literals, scripts
from tests.support.words import WORDS

ASSETS = PROJECT / "assets"
SHOWN: dict[str, type[StrEnum]] = {
    "campaign": statuses.CampaignStatus,
    "job": statuses.JobStatus,
    "escrow": statuses.EscrowStatus,
    "payment": statuses.ContributionStatus,
    "payout": statuses.PayoutStatus,
    "refund": statuses.RefundStatus,
    "kyc": statuses.KycStatus,
}
STYLES = (ASSETS / "cleanit.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", sorted(SHOWN))
def test_every_state_has_a_chip_with_words(kind: str) -> None:
    states = {state.value for state in SHOWN[kind]}
    assert states == set(STATES[kind])
    for state in states:
        assert f"{kind}.{state}" in WORDS
        assert isinstance(state_chip(kind, state), rx.Component)


def test_the_sprite_holds_the_icons_we_name_and_no_other() -> None:
    sprite = (ASSETS / "icons.svg").read_text(encoding="utf-8")
    assert set(re.findall(r'id="i-([\w-]+)"', sprite)) == set(ICONS)
    assert {"stone", "pin"} <= set(re.findall(r'id="([\w-]+)"', sprite))
    with pytest.raises(ValueError, match="no icon"):
        icon("not-an-icon")


def test_scripts_use_icons_of_the_sprite() -> None:
    used = {n for text in scripts().values() for n in re.findall(r'(?:name|icon)="([a-z][\w-]+)"', text)}
    assert used <= ICONS | {"viewport"}
    assert len(used) > 10


def test_every_icon_is_used() -> None:
    unused = ICONS - literals()
    assert sorted(unused) == []


def test_the_style_sheet_stays_light() -> None:
    assert len(gzip.compress(STYLES.encode(), 9)) < 10_000, "14 KB with Tailwind's part"


def test_no_component_library_comes_in_by_the_back_door() -> None:
    for path in (PACKAGE / "components").rglob("*.py"):
        used = re.findall(r"rx\.(?!el\b|vars\b|event\b)([a-z_]+)", path.read_text(encoding="utf-8"))
        assert set(used) <= {"cond", "match", "foreach", "fragment", "asset"}, path


def test_scripts_need_no_eval_and_write_no_foreign_html() -> None:
    for name, text in {**scripts(), "app.js": (ASSETS / "app.js").read_text(encoding="utf-8")}.items():
        assert not re.search(r"\beval\(|new Function|innerHTML|dangerouslySetInnerHTML|document\.write", text), name


def _light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TOKENS = dict(re.findall(r"--color-([\w-]+): (#[0-9a-f]{6});", STYLES)) | {"white": "#ffffff"}


@pytest.mark.parametrize(
    "pair",
    [
        "tar-900/chuna-50",
        "tar-700/chuna-100",
        "tar-500/chuna-50",
        "tar-500/white",
        "tar-500/chuna-100",
        "white/mor-700",
        "white/mor-800",
        "mor-600/chuna-50",
        "mor-700/mor-50",
        "tar-900/genda-400",
        "genda-800/genda-100",
        "genda-700/genda-50",
        "neem-700/neem-50",
        "neem-700/neem-100",
        "white/neem-600",
        "geru-700/geru-50",
        "geru-700/geru-100",
        "geru-600/white",
        "neel-700/neel-50",
        "neel-700/neel-100",
        "genda-300/mor-800",
        "mor-100/mor-800",
        "mor-800/mor-100",
        "white/geru-700",
    ],
)
def test_text_can_be_read(pair: str) -> None:
    text, ground = pair.split("/")
    assert _contrast(TOKENS[text], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("pair", ["chuna-500/white", "chuna-500/chuna-50"])
def test_edges_of_controls_can_be_seen(pair: str) -> None:
    edge, ground = pair.split("/")
    assert _contrast(TOKENS[edge], TOKENS[ground]) >= 3


@pytest.mark.row("LNG-01")
def test_hindi_headlines_never_stand_in_the_thin_cut_and_have_room() -> None:
    css = (PROJECT / "assets/cleanit.css").read_text(encoding="utf-8")
    waiting = re.search(r"not\(\[data-bold\]\) :is\(h1[^{]*\{([^}]*)\}", css)
    assert waiting
    assert "Hindi" not in waiting[1]
    heights = re.findall(r'\[lang="hi"\][^{}]*(?:hero|h1)[^{}]*\{[^}]*line-height: ([\d.]+)', css)
    assert heights
    assert min(map(float, heights)) >= 1.4
    home = (PROJECT / "cleanit_app/pages/public/home.py").read_text(encoding="utf-8")
    assert "leading-[1.03]" not in home
