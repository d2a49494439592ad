"""Words for what people report, in the languages and spellings they mix: koora is garbage (JOB-03).

Only everyday words of streets and dirt; names are found by their letters and sounds.
"""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cleanit_app.domain.searching.lexemes import heard
from cleanit_app.domain.searching.words import words_of

_GROUPS = """
garbage rubbish trash waste litter kooda koora kuda kura kude kachra kachara kachre कूड़ा कूड़े कचरा कचरे घाण
drain drains sewer gutter nala nali naala naali nalla naale nale nullah नाला नाली नाले नालियाँ गटर
canal nahar नहर कालवा
lane gali galli gully गली गल्ली गलियाँ
road street marg sadak sarak सड़क मार्ग रोड रस्ता रस्ते
river nadi नदी
pond lake tank talab talav तालाब ताल झील तलाव तळे
park garden bagh udyan पार्क बाग़ बग़ीचा उद्यान
market bazar bazaar mandi बाज़ार मंडी बाजारपेठ
school vidyalaya स्कूल विद्यालय शाळा
hospital aspatal clinic अस्पताल रुग्णालय दवाखाना क्लिनिक
temple mandir मंदिर देऊळ
mosque masjid मस्जिद मशीद
bridge pul flyover पुल पूल
plastic polythene प्लास्टिक पॉलीथीन
debris malba rubble मलबा राडारोडा
heap pile dher dump ढेर ढीग
dirty ganda gandi gande gandagi filthy filth गंदा गंदी गंदे गंदगी अस्वच्छ
ground maidan field मैदान
crossing chowk chauraha चौक चौराहा
well kuan कुआँ विहीर
beach samudra chaupati chowpatty समुद्र चौपाटी
station स्टेशन
"""
_LONG = 6  # letters
_SOUND = 3  # its sign and two more: shorter sounds are those of too many words
_BY_WORD = {
    word: tuple(dict.fromkeys(one for part in line.split() for one in words_of(part)))
    for line in _GROUPS.strip().splitlines()
    for part in line.split()
    for word in words_of(part)
}


def same_meaning(word: str) -> list[str]:
    """The lexemes of other words that mean the same as this one in its normal form, and of how they sound.

    A long word may be a slip away from one of them: garbege.
    """
    known = word if word in _BY_WORD or len(word) < _LONG else _almost(word)
    others = [one for one in _BY_WORD.get(known, ()) if one != word]
    return [lexeme for other in others for lexeme in (other, *(key for key in heard(other) if len(key) > _SOUND))]


def _almost(word: str) -> str:
    near = process.extractOne(word, _BY_WORD.keys(), scorer=OSA.distance, score_cutoff=1)
    return near[0] if near else ""
