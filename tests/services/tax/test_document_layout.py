"""Papers print every script of India and emoji, name what they cannot print, and never show an empty box."""

from __future__ import annotations

import unicodedata

import pytest
from fontTools.ttLib import TTFont

from cleanit_app.local.make_paper_fonts import printable_ranges
from cleanit_app.services.tax.document_layout import FONTS, printable, set_paper

pytestmark = pytest.mark.row("PAY-02", "PAY-10")
NAMED = "Words in brackets are named."
SCRIPTS = {
    "Hindi": "क्लिनिक के पीछे की नाली, क़ ख़ ग़ ज़ ड़ ढ़ फ़",
    "Bangla": "শিয়ালদহ স্টেশন ক্ষ্ম",
    "Assamese": "গুৱাহাটী ৰাস্তা",
    "Panjabi": "ਅੰਮ੍ਰਿਤਸਰ ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Gujarati": "અમદાવાદ ક્ષેત્ર",
    "Odia": "ଭୁବନେଶ୍ୱର",
    "Tamil": "சென்னை ஸ்ரீ",
    "Telugu": "హైదరాబాద్ క్ష్మి",
    "Kannada": "ಬೆಂಗಳೂರು ಕ್ಷೇತ್ರ",
    "Malayalam": "തിരുവനന്തപുരം ൻ ർ",
    "Urdu": "گلی نمبر 12، حضرت گنج ٹ ڈ ڑ ے ں ہ",
    "Santali": "ᱥᱟᱱᱛᱟᱲᱤ",
    "Manipuri": "ꯃꯤꯇꯩꯂꯣꯟ",
    "Latin": "Zoë D’Souza, āīū ₹1,23,456.50 • – …",
    "Emoji": "🙏🏽 👨‍👩‍👧 🇮🇳 ❤️ 🧹 🗑️ 1️⃣ ✅",
}


def paper(*values: str) -> bytes:
    """A receipt with these values."""
    content = {
        "language": "hi",
        "title": "रसीद",
        "number": "CL-2627-000123",
        "amount": "₹500",
        "lines": [("From", value) for value in values],
        "notes": ["This is not an 80G donation receipt."],
    }
    return set_paper("receipt.typ", content, named_note=NAMED)


@pytest.mark.parametrize("words", SCRIPTS.values(), ids=SCRIPTS)
def test_every_script_of_india_is_printed_as_it_is(words: str) -> None:
    assert printable(words) == unicodedata.normalize("NFC", words)
    assert paper(words).startswith(b"%PDF-")  # PDF/UA refuses a letter without a glyph


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("བོད་ཡིག Leh", "[Tibetan] Leh"),
        ("王伟 and 한국", "[Cjk] and [Hangul]"),
        ("Mahāviṭ, Köln", "Mahāvit, Köln"),
        ("a\u0007b\u2066d", "abd"),
        ("⌘ \ue000 \u0378", "[place of interest sign] [U+E000] [U+0378]"),
    ],
)
def test_what_no_font_has_is_named(words: str, printed: str) -> None:
    assert printable(words) == printed
    assert paper(words).startswith(b"%PDF-")


def test_no_letter_of_unicode_makes_a_box_or_stops_a_paper() -> None:
    """Every letter that a person may send, a thousand to a paper; PDF/UA fails on the first box."""
    letters = [chr(code) for code in (*range(0x20, 0xD800), *range(0xF900, 0x10000), *range(0x1F000, 0x20000))]
    shown = [printable(letter) for letter in letters]
    kept = [letter for letter, said in zip(letters, shown, strict=True) if said and not said.startswith("[")]
    assert len(kept) > 3_500
    for start in range(0, len(kept), 1_000):
        assert paper(" ".join(kept[start : start + 1_000])).startswith(b"%PDF-")


def test_the_list_of_letters_is_that_of_the_fonts() -> None:
    assert printable_ranges(FONTS) == (FONTS / "letters.txt").read_text(encoding="ascii").split()
    assert {TTFont(file)["OS/2"].fsType for file in FONTS.glob("*.ttf")} <= {0}


def test_a_paper_says_that_words_were_named_and_only_then() -> None:
    assert len(paper("བོད")) > len(paper("[Tibetan]"))
    assert paper("Leh") == paper("Leh")
