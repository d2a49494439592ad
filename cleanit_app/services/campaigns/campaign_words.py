"""What a campaign is found by: the words of its title and address, its towns, PIN codes and DIGIPIN (JOB-03)."""

from __future__ import annotations

from cleanit_app.domain.searching.digipin import digipin_of
from cleanit_app.domain.searching.lexemes import DIGIPIN, TOWN, lexemes_of, stored
from cleanit_app.gazetteer.surroundings import pins_around, towns_around


def campaign_words(title: str, address: str, latitude: float, longitude: float) -> str:
    """The text of the tsvector that a campaign is found by, wherever its address names neither town nor PIN code."""
    towns = {f"{TOWN}{town.id}" for town in towns_around(latitude, longitude)}
    codes = {DIGIPIN + digipin_of(latitude, longitude), *pins_around(latitude, longitude)}
    return stored(lexemes_of(f"{title}\n{address}") | towns | codes)
