"""The words of Cleanit in every language; pure Python, so services may speak too."""

from cleanit_app.i18n.catalogue import KEYS, Both, group, language_of, pair, say
from cleanit_app.i18n.locales import LANGUAGES, Language

__all__ = ["KEYS", "LANGUAGES", "Both", "Language", "group", "language_of", "pair", "say"]
