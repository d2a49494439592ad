"""The words of Cleanit in English and Hindi; pure Python, so services may speak too."""

from cleanit_app.i18n.catalogue import WORDS, Both, Language, group, language_of, pair, say

__all__ = ["WORDS", "Both", "Language", "group", "language_of", "pair", "say"]
