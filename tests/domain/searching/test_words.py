"""Text is stored and asked for in one form, whoever types it on whatever keyboard."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanit_app.domain.searching.people import person_query
from cleanit_app.domain.searching.words import folded, words_of

pytestmark = pytest.mark.row("JOB-03")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sector-62", "sector 62"),
        ("SECTOR62", "sector 62"),
        ("Dr.Ambedkar Park", "dr ambedkar park"),
        ("स\u095eाई", "सफ\u093cाई"),
        ("सफ़ाई", "सफाई"),
        ("हज़रतगंज", "हजरतगंज"),
        ("गाँव", "गांव"),
        ("मुम्बई", "मुंबई"),
        ("हिन्दी", "हिंदी"),
        ("शक्\u200dति", "शक्ति"),
        ("क्\u200cष", "क्ष"),
        ("सेक्टर ६२", "सेक्टर 62"),
        ("ਸੈਕਟਰ ੬੨", "ਸੈਕਟਰ 62"),
        ("M.G. Road", "MG Road"),
        ("M G Road", "mg road"),
        ("Children's Park", "childrens park"),
        ("Children’s Park", "childrens park"),
        ("Thāne", "thane"),
        ("Ｎｏｉｄａ", "noida"),
        ("Zoe\u0308", "Zoë"),
        ("İstanbul", "istanbul"),
        ("near\u00a0the\u2009lake", "near the lake"),
        ("गंदगी।नाला", "गंदगी नाला"),
        ("nala/gali|(old)", "nala gali old"),
        ("soft\u00adhyphen", "softhyphen"),
        ("لكهنؤ", "لکہنؤ"),
        ("ডাঃ\u09af\u09bc", "ডাঃ\u09df"),
    ],
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("नाला की सफ़ाई", ["नाला", "की", "सफाई"]),
        ("4th cross, 12A", ["4", "th", "cross", "12", "a"]),
        ("😀 !!! --", []),
        ("", []),
        ("\x00\ud800", []),
    ],
)
def test_words_keep_their_vowel_signs_and_nothing_else_is_a_word(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_the_form_of_a_form_is_itself_and_has_no_form_of_unicode(text: str) -> None:
    once = words_of(text)
    assert words_of(" ".join(once)) == once
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert words_of(unicodedata.normalize(form, text)) == once
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize("sign", ["a ", "\ufdfa", "क्ष ", "1x", "\u0301"])
def test_a_text_without_end_is_read_to_a_bound(sign: str) -> None:
    """What a stranger may send: the work is that of the longest text that is stored, however much comes."""
    endless = sign * 300_000
    assert words_of(endless) == words_of(sign * 8_000)[: len(words_of(endless))]
    assert len(person_query(endless)) < 4_000
