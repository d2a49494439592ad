"""Amounts, times and distances as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanit_app.i18n import formats
from cleanit_app.i18n.catalogue import speaking
from tests.support.words import in_both

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)  # 4 pm in India


@pytest.mark.parametrize(
    ("paise", "text"),
    [
        (0, "₹0"),
        (5, "₹0.05"),
        (100, "₹1"),
        (12_345_650, "₹1,23,456.50"),
        (99_999, "₹999.99"),
        (100_000, "₹1,000"),
        (10_000_000_00, "₹1,00,00,000"),
        (-50_000, "−₹500"),
    ],
)
def test_rupees_are_grouped_in_lakhs(paise: int, text: str) -> None:
    assert formats.rupees(paise) == text


@given(st.integers(min_value=0, max_value=10**15))
def test_no_paisa_is_lost_in_writing(paise: int) -> None:
    digits = formats.rupees(paise).removeprefix("₹").replace(",", "")
    whole, _, rest = digits.partition(".")
    assert int(whole) * 100 + int(rest or 0) == paise


def test_short_amounts_for_charts() -> None:
    short = [formats.rupees_short(p) for p in (50_000, 9_000_000, 48_230_000, 1_200_000_000)]
    assert short == ["₹500", "₹90k", "₹4.8 L", "₹1.2 Cr"]


def test_percent_is_never_rounded_up() -> None:
    assert formats.percent(39_999, 40_000) == 99
    assert formats.percent(0, 0) == 0
    assert formats.percent(326_000, 400_000) == 81


def test_moments_are_told_in_indian_time() -> None:
    assert in_both(lambda: formats.day_time(NOW, NOW)) == ("20 Nov, 4 pm", "20 नवंबर, शाम 4 बजे")
    assert in_both(lambda: formats.clock(NOW + timedelta(minutes=16))) == ("4:16 pm", "शाम 4:16 बजे")
    midnight = datetime(2026, 1, 1, 18, 30, tzinfo=UTC)
    assert in_both(lambda: formats.day_time(midnight, midnight)) == ("2 Jan, 12 am", "2 जनवरी, मध्यरात्रि 12 बजे")
    assert formats.day(NOW, now=NOW + timedelta(days=60)) == "20 Nov 2026"


@pytest.mark.parametrize(
    ("hour", "told"),
    [(0, "मध्यरात्री 12:00"), (2, "रात्री 2:00"), (5, "पहाटे 5:00"), (10, "सकाळी 10:00"), (13, "दुपारी 1:00"),
     (17, "संध्याकाळी 5:00"), (21, "रात्री 9:00")],
)  # fmt: skip
def test_marathi_bends_the_time_of_day(hour: int, told: str) -> None:
    with speaking("mr"):
        assert formats.clock(datetime(2026, 1, 1, hour, tzinfo=formats.IST)) == told


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        formats.dated(datetime(2026, 1, 1))  # noqa: DTZ001 (the point of the test)


@pytest.mark.parametrize(
    ("left", "en"),
    [
        (timedelta(days=9, hours=5), "9 days left"),
        (timedelta(hours=47), "47 h left"),
        (timedelta(hours=1, minutes=10), "1 h left"),
        (timedelta(minutes=12), "12 min left"),
        (timedelta(seconds=10), "Time is over"),
        (timedelta(days=-1), "Time is over"),
    ],
)
def test_what_is_left_is_told_in_its_largest_unit(left: timedelta, en: str) -> None:
    assert formats.time_left(NOW + left, NOW) == en


def test_a_deadline_is_told_exactly() -> None:
    assert in_both(lambda: formats.time_left_exact(NOW + timedelta(days=4, hours=6), NOW))[1] == "4 दिन 6 घंटे बाकी"
    assert formats.time_left_exact(NOW + timedelta(hours=3), NOW) == "3 h left"


@pytest.mark.parametrize(
    ("past", "en"),
    [
        (timedelta(seconds=20), "Just now"),
        (timedelta(minutes=22), "22 min ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(hours=26), "Yesterday"),
        (timedelta(days=5), "5 days ago"),
        (timedelta(days=30), "21 Oct"),
    ],
)
def test_how_long_ago(past: timedelta, en: str) -> None:
    assert formats.ago(NOW - past, NOW) == en


@pytest.mark.parametrize(
    ("metres", "en"), [(4.4, "4 m"), (127.2, "127 m"), (996, "1 km"), (1234, "1.2 km"), (12_340, "12 km")]
)
def test_distances(metres: float, en: str) -> None:
    assert formats.distance(metres) == en


def test_file_sizes_and_initials() -> None:
    assert [formats.file_size(n) for n in (12, 310_400, 1_800_000)] == ["1 KB", "310 KB", "1.8 MB"]
    assert [formats.initials(n) for n in ("Asha Verma", "Imran", "Asha K Verma", "  ")] == ["AV", "I", "AV", "?"]
