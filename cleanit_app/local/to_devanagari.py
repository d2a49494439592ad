"""A Latin name of a place spelled in Devanagari, for towns that have no Hindi name of their own in the sources."""

from __future__ import annotations

import re

_CONSONANTS = {
    "ksh": "क्ष", "chh": "छ", "kh": "ख", "gh": "घ", "ch": "च", "jh": "झ", "th": "थ", "dh": "ध", "ph": "फ", "bh": "भ",
    "sh": "श", "zh": "ऴ", "k": "क", "g": "ग", "c": "क", "j": "ज", "t": "त", "d": "द", "n": "न", "p": "प", "b": "ब",
    "m": "म", "y": "य", "r": "र", "l": "ल", "v": "व", "w": "व", "s": "स", "h": "ह", "f": "फ", "q": "क", "z": "ज",
    "x": "क्स", "ṭ": "ट", "ḍ": "ड", "ṛ": "ड़", "ṇ": "ण", "ś": "श", "ş": "ष", "ñ": "ञ",
}  # fmt: skip
_VOWELS = {  # alone, and as a sign on a consonant
    "aa": ("आ", "ा"), "ee": ("ई", "ी"), "oo": ("ऊ", "ू"), "ai": ("ऐ", "ै"), "au": ("औ", "ौ"), "a": ("अ", ""),
    "ā": ("आ", "ा"), "i": ("इ", "ि"), "ī": ("ई", "ी"), "u": ("उ", "ु"), "ū": ("ऊ", "ू"), "e": ("ए", "े"),
    "ē": ("ए", "े"), "o": ("ओ", "ो"), "ō": ("ओ", "ो"), "y": ("ई", "ी"),
}  # fmt: skip
_PART = re.compile("|".join(sorted({*_CONSONANTS, *_VOWELS}, key=len, reverse=True)))
_JOINED = frozenset({"r", "y"})  # what follows a stop without a vowel between: Chandrapur, Bhadravati
_STOPS = frozenset(["k", "g", "t", "d", "p", "b", "kh", "gh", "th", "dh", "ph", "bh", "sh", "s", "j"])
_BEFORE = {
    "n": frozenset({"k", "g", "ch", "j", "t", "d", "th", "dh", "kh", "gh", "jh"}),
    "m": frozenset({"p", "b", "bh"}),
}


def in_devanagari(name: str) -> str:
    """The name letter by letter: long vowels where they are marked, and at the end of a word."""
    return " ".join(_word(word) for word in re.findall(r"[^\W\d_]+", name.lower()))


def _word(word: str) -> str:
    parts = _PART.findall(re.sub("(?<=[^aeiouāīūēō])y$", "ī", word))
    out: list[str] = []
    for place, part in enumerate(parts):
        before, after = (parts[place - 1] if place else ""), (parts[place + 1] if place + 1 < len(parts) else "")
        if part in _CONSONANTS and not (part == "y" and not after):
            out.append(_consonant(part, before, after))
        else:
            out.append(_vowel(part, before, bool(after)))
    return "".join(out)


def _consonant(part: str, before: str, after: str) -> str:
    if after in _BEFORE.get(part, ()) and before:
        return "ं"
    joined = after == part or (after in _JOINED and part in _STOPS)
    return _CONSONANTS[part] + ("\u094d" if joined else "")


def _vowel(part: str, before: str, more: bool) -> str:
    part = part if more else {"a": "ā", "i": "ī", "u": "ū"}.get(part, part)  # the last vowel of a name is long
    return _VOWELS[part][1 if before in _CONSONANTS else 0]
