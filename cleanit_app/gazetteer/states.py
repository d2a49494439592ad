"""States of India by what people type: names of today and before and short ones, in Latin and Devanagari."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cleanit_app.domain.searching.sounds import is_indian
from cleanit_app.domain.searching.words import words_of
from cleanit_app.gazetteer.files import Town, places

_LONGEST = 4  # words of the longest short name
_SURE = 4  # letters of a name that also stands among other words: UP is also a word
# State, as the towns have it; its capital; all its names.
_STATES = """
Andaman and Nicobar Islands | Port Blair | Andaman; Nicobar; Andaman Nicobar; अंडमान; अंडमान निकोबार; अंडमान और निकोबार
Andhra Pradesh | Vijayawada | Andhra; AP; आंध्र प्रदेश; आंध्र
Arunachal Pradesh | Itanagar | Arunachal; अरुणाचल प्रदेश; अरुणाचल
Assam | Guwahati | Asam; असम; आसाम
Bihar | Patna | बिहार
Chandigarh | Chandigarh | चंडीगढ़; चंदीगड
Chhattisgarh | Raipur | Chattisgarh; CG; छत्तीसगढ़; छत्तीसगड
Dadra and Nagar Haveli and Daman and Diu | Daman | Daman and Diu; Dadra Nagar Haveli; दमन और दीव
Delhi | Delhi | NCT of Delhi; NCT; दिल्ली
Goa | Panjim | गोवा; North Goa; South Goa; उत्तर गोवा; दक्षिण गोवा
Gujarat | Ahmedabad | GJ; गुजरात
Haryana | Faridabad | HR; हरियाणा
Himachal Pradesh | Shimla | Himachal; HP; हिमाचल प्रदेश; हिमाचल
Jammu and Kashmir | Srinagar | Kashmir; J and K; JK; जम्मू और कश्मीर; जम्मू कश्मीर; कश्मीर; जम्मू आणि काश्मीर; काश्मीर
Jharkhand | Ranchi | JH; झारखंड
Karnataka | Bengaluru | Mysore State; KA; कर्नाटक; कर्नाटका
Kerala | Thiruvananthapuram | Keralam; KL; केरल; केरळ
Ladakh | Leh | लद्दाख; लडाख
Lakshadweep | Kavaratti | लक्षद्वीप
Madhya Pradesh | Bhopal | MP; मध्य प्रदेश; एमपी
Maharashtra | Mumbai | MH; महाराष्ट्र
Manipur | Imphal | मणिपुर
Meghalaya | Shillong | मेघालय
Mizoram | Aizawl | मिज़ोरम; मिझोराम
Nagaland | Dimapur | नागालैंड; नागालँड
Odisha | Bhubaneswar | Orissa; OD; ओडिशा; उड़ीसा; ओरिसा
Puducherry | Puducherry | Pondicherry; पुदुचेरी; पांडिचेरी; पुद्दुचेरी
Punjab | Ludhiana | Panjab; PB; पंजाब
Rajasthan | Jaipur | RJ; राजस्थान
Sikkim | Gangtok | सिक्किम
Tamil Nadu | Chennai | Tamilnadu; TN; तमिलनाडु; तमिळनाडू
Telangana | Hyderabad | TS; TG; तेलंगाना; तेलंगणा
Tripura | Agartala | त्रिपुरा
Uttar Pradesh | Lucknow | UP; उत्तर प्रदेश; यूपी; UttarPradesh
Uttarakhand | Dehradun | Uttaranchal; UK; उत्तराखंड; उत्तरांचल
West Bengal | Kolkata | WB; पश्चिम बंगाल; बंगाल
"""


def towns_of_state(words: Sequence[str]) -> tuple[Town, ...]:
    """The towns of the state that these words name, its capital first, then by people; none when they name no state."""
    return _by_state().get(_names().get("".join(words), ""), ())


def state_named(words: Sequence[str]) -> tuple[str, str] | None:
    """The state that these words name and nothing else: its English and its Hindi name."""
    state = _names().get("".join(words), "")
    hindi = next((names for name, _, names in _rows() if name == state), [])
    return (state, next((name for name in hindi if is_indian(name)), "")) if state else None


def states_in(words: Sequence[str]) -> list[tuple[int, int, tuple[Town, ...]]]:
    """Every state named among the words: from where, to before where, and its towns."""
    found = []
    for length in range(1, min(_LONGEST, len(words)) + 1):
        for start in range(len(words) - length + 1):
            part = words[start : start + length]
            if (length == len(words) or len("".join(part)) >= _SURE) and (towns := towns_of_state(part)):
                found.append((start, start + length, towns))
    return found


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """The state by the letters of each of its names."""
    return {"".join(words_of(name)): state for state, _, names in _rows() for name in (state, *names) if name}


@lru_cache(maxsize=1)
def _by_state() -> dict[str, tuple[Town, ...]]:
    capitals = {(state, capital) for state, capital, _ in _rows()}
    towns: dict[str, list[Town]] = {}
    for town in sorted(places().towns, key=lambda one: ((one.state, one.name) not in capitals, -one.population)):
        towns.setdefault(town.state, []).append(town)
    return {state: tuple(found) for state, found in towns.items()}


def _rows() -> list[tuple[str, str, list[str]]]:
    lines = (line.split("|") for line in _STATES.strip().splitlines())
    return [(state.strip(), capital.strip(), names.strip().split("; ")) for state, capital, names in lines]
