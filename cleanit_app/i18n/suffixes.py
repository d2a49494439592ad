"""Endings that a language writes on the word before them, where that word is a value: 14 जानेवारीपर्यंत (LNG-03).

Sentences keep them apart, after the brace; `lang.js` does the same in browsers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

from cleanit_app.i18n.locales import Language

_HOUR = re.compile("वाजता (पर्यंत|पासून|ला)(?![\u0900-\u097f])")
_HOURS = {"पर्यंत": "वाजेपर्यंत", "पासून": "वाजल्यापासून", "ला": "वाजता"}
_AFTER_A_WORD = re.compile("([\u0900-\u097f]) (पर्यंत|पासून|(?:साठी|ला|चे|चा|ची|च्या)(?![\u0900-\u097f]))")


def _marathi(text: str) -> str:
    return _AFTER_A_WORD.sub(r"\1\2", _HOUR.sub(lambda found: _HOURS[found[1]], text))


_WAYS: MappingProxyType[str, Callable[[str], str]] = MappingProxyType({"mr": _marathi})


def joined(text: str, lang: Language) -> str:
    """A sentence that was filled with values, its endings on their words; other languages stay as they are."""
    way = _WAYS.get(lang)
    return way(text) if way else text
