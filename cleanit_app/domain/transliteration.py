"""Indian scripts in Latin letters, so that one name typed in two scripts can be compared (PAY-04).

The nine scripts of the Brahmi family stand in blocks of one order (ISCII), so one table reads them all. Hindi and its
neighbours leave out vowels that they do not write out: राम is Ram, कमला is Kamla. Urdu writes few vowels at all; its
letters are read, and a comparison that falls short goes to a person.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

_FIRST_BLOCK, _LAST_BLOCK, _BLOCK = 0x0900, 0x0D00, 0x80
_LEAVE_OUT_VOWELS = frozenset({0x0900, 0x0980, 0x0A00, 0x0A80})  # Devanagari, Bangla, Gurmukhi, Gujarati
# The letters of a block in their order, from the place that is named where they are numbered.
_CONSONANT_LETTERS = "k kh g gh ng ch chh j jh ny t th d dh n t th d dh n n p ph b bh m y r r l l zh v sh sh s h"
_VOWEL_LETTERS = "a a i i u u ri li e e e ai o o o au"
_SIGN_LETTERS = "a i i u u ri ri e e e ai o o o au"
_URDU = "اآبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکكگلمنںوہهھءیيىےئ"
_URDU_LETTERS = "a a b p t t s j ch h kh d d z r r z zh s sh s z t z a gh f q k k g l m n n v h h h _ i i i e i"
_CONSONANTS = dict(enumerate(_CONSONANT_LETTERS.split(), 0x15))
_VOWELS = dict(enumerate(_VOWEL_LETTERS.split(), 0x05))
_SIGNS = dict(enumerate(_SIGN_LETTERS.split(), 0x3E))
_NUKTA_WORDS = {"k": "q", "j": "z", "ph": "f", "d": "r", "dh": "rh"}
_NASAL, _NASALS, _NUKTA, _VIRAMA, _DIGITS = "N", frozenset({0x01, 0x02}), 0x3C, 0x4D, range(0x66, 0x70)
_ALONE = {  # letters that stand in their block alone
    "ৎ": "t", "ৰ": "r", "ৱ": "v", "ੰ": _NASAL, "ੱ": "", "ൺ": "n", "ൻ": "n", "ർ": "r", "ൽ": "l", "ൾ": "l", "ൿ": "k",
}  # fmt: skip
_ARABIC = dict(zip(_URDU, _URDU_LETTERS.split(), strict=True))
_Sound = tuple[str, str]  # its kind (consonant, vowel, schwa, nasal) and its letters


def romanise(text: str) -> str:
    """Words of Indian scripts as Latin small letters, without marks; other words only lose marks and capitals."""
    out, word = "", list[tuple[int, int]]()
    for letter in f"{unicodedata.normalize('NFC', text)} ":
        block = ord(letter) // _BLOCK * _BLOCK
        if letter not in _ALONE and _FIRST_BLOCK <= block <= _LAST_BLOCK and letter not in "।॥":
            word.append((block, ord(letter) - block))
            continue
        if letter in _ALONE:
            word.append((block, -ord(letter)))
            continue
        if letter in "\u200c\u200d":
            continue
        out, word = out + _spoken(word) + _ARABIC.get(letter, letter).replace("_", ""), []
    plain = unicodedata.normalize("NFKD", out[:-1])
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def _spoken(word: list[tuple[int, int]]) -> str:
    """The letters of one word; each consonant carries its vowel until a sign says otherwise."""
    sounds = list[_Sound]()
    for _, place in word:
        if place < 0:
            letters = _ALONE[chr(-place)]
            sounds.append(("nasal", "n") if letters == _NASAL else ("consonant", letters))
        elif place in _CONSONANTS:
            sounds += [("consonant", _CONSONANTS[place]), ("schwa", "a")]
        elif place == _NUKTA and len(sounds) > 1:
            sounds[-2] = ("consonant", _NUKTA_WORDS.get(sounds[-2][1], sounds[-2][1]))
        elif place == _VIRAMA or place in _SIGNS:
            sounds = sounds[:-1] if sounds and sounds[-1][0] == "schwa" else sounds
            sounds += [("vowel", _SIGNS[place])] if place in _SIGNS else []
        elif place in _VOWELS:
            sounds.append(("vowel", _VOWELS[place]))
        elif place in _NASALS:
            sounds.append(("nasal", "n"))
        elif place in _DIGITS:
            sounds.append(("consonant", str(place - _DIGITS[0])))
    if word and word[0][0] in _LEAVE_OUT_VOWELS:
        _leave_out_vowels(sounds)
    return _joined(sounds)


def _leave_out_vowels(sounds: list[_Sound]) -> None:
    """Drop the vowels that nobody says: the last one after a single consonant, and those between two open syllables."""
    for at in range(len(sounds) - 1, 1, -1):
        if sounds[at][0] != "schwa":
            continue
        before, after = sounds[at - 2][0], [kind for kind, _ in sounds[at + 1 : at + 3]]
        last = not after and before != "consonant"
        between = len(after) == 2 and before in ("vowel", "schwa") and after[0] == "consonant" != after[1]
        if last or (between and after[1] != "nasal"):
            del sounds[at]


def _joined(sounds: list[_Sound]) -> str:
    """The letters of all sounds: a nasal takes the place of what follows it, and ज्ञ is said gy."""
    out = ""
    for (kind, letters), (_, following) in pairwise([*sounds, ("end", "")]):
        if kind == "nasal":
            letters = "m" if following[:1] in ("p", "b", "m") else "ng" if following == "h" else "n"
        out += letters
    return out.replace("jny", "gy")
