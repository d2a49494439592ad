"""No number of the business is typed twice: words, pages and styles take it from the terms and the table of limits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cleanit_app.domain.business_limits import LIMITS, Unit, Window, each_limit
from cleanit_app.domain.terms import TERMS, Terms
from cleanit_app.i18n.house_figures import house_figures, with_figures
from cleanit_app.i18n.locales import messages
from cleanit_app.i18n.terms import terms_hash
from tests.rows import rows
from tests.support.words import WORDS

ROOT = Path(__file__).parents[2]
SPOKEN = sorted(
    path
    for folder, kinds in {
        "cleanit_app/i18n": ("*.py", "*.pot", "*.po"),
        "cleanit_app/pages": ("*.py", "*.js", "*.jsx"),
        "cleanit_app/components": ("*.py", "*.js", "*.jsx", "*.css"),
        "cleanit_app/state": ("*.py",),
        "cleanit_app/api": ("*.py",),
        "assets": ("*.css", "*.js"),
    }.items()
    for kind in kinds
    for path in (ROOT / folder).rglob(kind)
)
PERCENT = r"\s*(?:%|٪|％|per\s?cent\b|percent\b|प्रतिशत|फ़?ीसदी)"
SHARE = re.compile(
    rf"(?<![\d.,])(?:95(?![\d,])|0*5(?:\.0+)?{PERCENT}|95{PERCENT})|(?<!\d)0?\.95(?!\d)|\*\s*0?\.05(?!\d)"
)
"""95 in any dress, and a twentieth as percent or fraction."""
UNITS = r"days?|hours?|h|m|metres?|km|MB|letters|jobs|tries|times|working days|दिनों?|घंटे|मीटर|अक्षर|काम|बार|कोशिश|कामकाजी"
MEASURE = re.compile(rf"₹\s?\d[\d,]*|(?<![\d.,])\d[\d,]*(?:\s?-?\s?(?:{UNITS})(?![\w])|{PERCENT})")
NOT_OURS = {
    "admin.coming": "the span of that page", "coming.none": "the span of that page",
    "invoice.cgst": "a tax of the law", "invoice.sgst": "a tax of the law", "invoice.igst": "a tax of the law",
    "overview.under_12": "halves of the goal are columns of the read", "overview.to_24": "as above",
    "notify.deadline_24h": "its kind is named after the hour", "notify.deadline_1h": "its kind is named after the hour",
    "kyc.ifsc_hint": "the form of an IFSC", "field.reference_form": "the form of a bank's reference",
    "terms.service.2": "all of the target", "privacy.place.2": "the rounding of a place",
}  # fmt: skip


def plain(text: str) -> str:
    """The text with every digit of every script as 0 to 9."""
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def raw_words() -> dict[str, tuple[str, str]]:
    """What is typed in the catalogues, before any figure is filled in; of what counts the words for many."""
    english, hindi = messages("en"), messages("hi")
    return {key: (english[key][-1], hindi[key][-1]) for key in english}


@pytest.mark.parametrize(
    "typed",
    ["95%", "95 %", "९५ %", "९५%", "the 95 parts", "0.95", ".95", "* 95 // 100", "5%", "5 %", "५ %", "५%", "5.0%",
     "5 percent", "5 per cent", "५ प्रतिशत", "95 प्रतिशत", "flex: 95;", "raised * 0.05"],
)  # fmt: skip
def test_the_search_knows_a_share_in_any_dress(typed: str) -> None:
    assert SHARE.search(plain(typed))


@pytest.mark.parametrize("typed", ["995", "1,95,000", "26.95", "15 %", "85%", "0.951", "955", "25%", "₹50", "1.05"])
def test_other_numbers_are_no_share(typed: str) -> None:
    assert not SHARE.search(plain(typed))


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_share_is_typed_where_people_read(path: Path) -> None:
    lines = enumerate(plain(path.read_text(encoding="utf-8")).splitlines(), 1)
    assert [f"{path.name}:{number}: {line.strip()}" for number, line in lines if SHARE.search(line)] == []


def test_no_limit_is_typed_into_a_sentence() -> None:
    wrong = {
        key: found
        for key, both in raw_words().items()
        if not key.endswith(".one") and key not in NOT_OURS and (found := MEASURE.findall(plain(" | ".join(both))))
    }
    assert wrong == {}


def test_what_is_let_through_is_still_said() -> None:
    assert {
        key for key in NOT_OURS if key not in raw_words() or not MEASURE.search(plain(" ".join(raw_words()[key])))
    } == set()


def test_every_figure_is_said_somewhere_in_both_languages() -> None:
    for half in (0, 1):
        typed = " ".join(both[half] for both in raw_words().values())
        assert {name for name in house_figures() if f"{{house.{name}}}" not in typed} == set()


def test_both_languages_say_the_same_figures() -> None:
    def named(text: str) -> set[str]:
        return set(re.findall(r"\{house\.\w+\}", text))

    assert [key for key, (en, hi) in raw_words().items() if named(en) != named(hi)] == []
    assert not [key for key, both in WORDS.items() if "{house." in " ".join(both)]


@pytest.mark.row("LAW-06", "JOB-02")
def test_words_follow_the_terms_and_limits() -> None:
    other = replace(
        LIMITS, claim_time=timedelta(days=9), target_paise=(100_000, 7_500_000), payout_cooling=timedelta(hours=36),
        campaign_windows=(Window(300_000, 21), Window(7_500_000, 75)), refund_working_days=(3, 9), claim_limit=4,
    )  # fmt: skip
    figures = house_figures(other, Terms("2027-04", 725))
    said = {key: tuple(with_figures(half, figures) for half in both) for key, both in raw_words().items()}
    assert all("92.75%" in half and "7.25%" in half for half in said["terms.money.2"])
    assert all("36" in half for half in said["terms.money.2"])
    assert all(
        "₹1,000" in half and "₹75,000" in half and "21" in half and "75" in half for half in said["terms.service.2"]
    )
    assert all("9" in half and "4" in half for half in said["how.cleaner2"])
    assert "3 to 9 working days" in said["how.a_short"][0]
    with pytest.raises(KeyError):
        with_figures("{house.nothing_like_it}", figures)


OF_VERSION = {
    "2026-12": "1b61c517d814d48863a3e307aadda8d58fc4ab5a69b72be0b7a9afacdef3ffab"
    "066a1c01b1b57dba84695699d9377bd2e8233adba2a133ef1ec461d19e7e9867",
    "2027-01": "c188d8704f700626b499c652cac725b9507f2b18e71db9ce3f224f7a619324da"
    "a358125517a4243d3e2e98caa8fd6281d9c32c5b2a393d45a9361ab4b4fea144"
    "72b753bb624e9ba3770ad8d99d8e5942440b2e00b18412adde56cda75018b68c",
}


@pytest.mark.row("LAW-06")
def test_the_text_of_a_version_never_changes() -> None:
    assert terms_hash().hex() == OF_VERSION[TERMS.version], "other words, limits or shares need another version"


def test_every_limit_has_its_unit_and_a_row_that_exists() -> None:
    table = each_limit()
    assert len({one.name for one in table}) == len(table)
    assert {one.row for one in table} <= set(rows())
    for one in table:
        values = one.value if isinstance(one.value, tuple) else (one.value,)
        assert (one.unit is Unit.TIME) == isinstance(values[0], timedelta), one
        assert (one.unit is Unit.PAISE) == one.name.endswith("_paise"), one
        assert all(v > (timedelta(0) if isinstance(v, timedelta) else 0) for v in values if not isinstance(v, tuple)), (
            one
        )
        if one.name.endswith("_length") or one.name == "target_paise":
            assert values[0] < values[1], one
