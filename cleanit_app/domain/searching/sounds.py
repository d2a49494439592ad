"""How a word sounds, roughly, in whatever script it is written: लखनऊ and Lucknow have one key (JOB-03).

The key is the word's consonants, its first vowel when it begins with one, and its last when that is i or u.
Aspirates, long vowels, double letters and the sibilants fall together, for people spell them as they like.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cleanit_app.domain.transliteration import romanise

_FLAPS = re.compile("(?<=[^\u094d\u0902])([\u0921\u0922])(?![\u094d\u0921\u0922])")  # ड and ढ after a vowel
_NUKTA = "\u093c"
# Hindi endings that are written in another way in Latin letters: गांव is gaon, उन्नाव is Unnao, सूर्य is Surya.
_ENDINGS = (("ांव$", "ान"), ("ाव$", "ाउ"), ("\u094dय$", ""), ("^य[ुू]", "उ"))
_LATIN = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"[ts]ion(?=s?$)", "sn"),
        (r"ght", "t"),
        (r"d?ge$|dge", "j"),
        (r"t?chh?", "C"),
        (r"sC", "sk"),
        (r"(?<=[aeiou])gh$", "g"),
        (r"ph", "f"),
        (r"sh", "s"),
        (r"ck", "k"),
        (r"c(?=[eiy])", "s"),
        (r"[cq]", "k"),
        (r"x", "ks"),
        (r"z", "j"),
        (r"jn|gny|gy", "g"),
        (r"wh", "v"),
        (r"(?<=[aeiou])w(?![aeiouy])", "u"),
        (r"w", "v"),
        (r"(?<=[bcdfgjklmnpqrstvCx])h", ""),
        (r"h$", ""),
        (r"^yu", "u"),
        (r"(?<=.)y(?=.)", ""),
        (r"y$", "i"),
    )
)
_HEADS = {"a": "a", "e": "i", "i": "i", "o": "u", "u": "u"}
_DOUBLED = re.compile(r"(.)\1+")
_SHORTEST = 2


def is_indian(word: str) -> bool:
    """Whether a word is written in a script of India: Urdu's, or one from Devanagari to Malayalam."""
    return any(0x0900 <= ord(sign) < 0x0D80 or 0x0600 <= ord(sign) < 0x0700 for sign in word)


@lru_cache(maxsize=4096)
def sounds_of(word: str) -> tuple[str, ...]:
    """The keys of a word in its normal form (`words_of`), most often one; none for digits and what is too short.

    Two for a Hindi word with ड inside, which is written d (Noida) and r (Gurgaon).
    """
    spelled = [romanise(one) for one in _said(word)] if is_indian(word) else [word]
    keys = [_skeleton(_latin(one)) for one in spelled if one.isascii() and one.isalpha()]
    return tuple(dict.fromkeys(key for key in keys if len(key) >= _SHORTEST))


def _said(word: str) -> tuple[str, str]:
    """A word of an Indian script as it ends in speech, plain and with each ड that may be one said as r."""
    for written, said in _ENDINGS:
        word = re.sub(written, said, word)
    return word, _FLAPS.sub(rf"\1{_NUKTA}", word)


def _latin(word: str) -> str:
    for pattern, to in _LATIN:
        word = pattern.sub(to, word)
    return word.lower()


def _skeleton(spelled: str) -> str:
    """Consonants, the class of a first vowel, and a last i or u."""
    first, last = spelled[:1], spelled[-1:]
    head = {"ai": "i", "ae": "i", "au": "u"}.get(spelled[:2]) or _HEADS.get(first, "")
    tail = _last_vowel(spelled) if len(spelled) > 1 and last in "aeiou" else ""
    body = _DOUBLED.sub(r"\1", re.sub("[aeiou]+", " ", spelled))
    body = re.sub("m(?= ?[bpvs])", "n", body).replace("nm", "m").replace(" ", "")
    return head + body + tail


def _last_vowel(spelled: str) -> str:
    run = re.search("[aeiou]+$", spelled)
    vowels = run[0] if run else ""
    if vowels[-1:] == "i" or vowels[-2:] in ("ee", "ie"):
        return "i"
    return "u" if vowels[-1:] in ("o", "u") else ""
