"""Indian scripts in Latin letters."""

from __future__ import annotations

import unicodedata

import pytest

from cleanit_app.domain.transliteration import romanise

pytestmark = pytest.mark.row("PAY-04")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("रमेश पाल", "ramesh pal"),
        ("कमला", "kamla"),
        ("कृष्ण", "krishna"),
        ("सिंह", "singh"),
        ("सिन्हा", "sinha"),
        ("अंबेडकर", "ambedkar"),
        ("ज्ञान", "gyan"),
        ("राठौड़", "rathaur"),
        ("हज़रतगंज", "hazratganj"),
        ("লক্ষ্মী দাস", "lakshmi das"),
        ("ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "guraprit singh"),
        ("રમેશ પટેલ", "ramesh patel"),
        ("ସୁନୀତା", "sunita"),
        ("ராஜா", "raja"),
        ("రామ కృష్ణ", "rama krishna"),
        ("ರಮೇಶ", "ramesha"),
        ("രാജേഷ് കുമാർ", "rajesh kumar"),
        ("محمد خان", "mhmd khan"),
        ("Zoë D’Souza, सेक्टर २६", "zoe d’souza, sektar 26"),
        ("王", "王"),
        ("", ""),
    ],
)
def test_words_are_read(written: str, read: str) -> None:
    assert romanise(written) == read


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_way_to_store_a_letter_reads_the_same(form: str) -> None:
    for text in ("ज़ोया क़ुरैशी", "কো ড়া", "கொலோ", "କୋଡ଼", "ഹൊസ"):
        assert romanise(unicodedata.normalize(form, text)) == romanise(text)
    assert romanise("ज़") == romanise("ज\u093c") == "za"


def test_no_letter_of_the_blocks_stops_it() -> None:
    for code in range(0x0900, 0x0E00):
        romanise(chr(code))
        romanise(f"क{chr(code)}")
