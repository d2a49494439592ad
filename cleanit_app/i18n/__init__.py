"""The words of Cleanit in every language; pure Python, so services may speak too."""

from cleanit_app.i18n.catalogue import KEYS, keys_below, language_of, say, say_in, speak, speaking
from cleanit_app.i18n.locales import LANGUAGES, Language

__all__ = [
    "KEYS",
    "LANGUAGES",
    "Language",
    "keys_below",
    "language_of",
    "say",
    "say_in",
    "speak",
    "speaking",
]
