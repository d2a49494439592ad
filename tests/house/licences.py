"""The licences that packages name, read from their metadata and from the licence files they bring."""

from __future__ import annotations

import re
from collections.abc import Set
from importlib.metadata import Distribution
from pathlib import Path

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CNRI-Python",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
}
"""Licences, by their SPDX names, that ask for a credit and nothing of our own code."""

# How packages without a License-Expression name them, in their own words and by classifiers.
_OLDER_WORDS = (
    (r"affero|\bagpl", "AGPL"),
    (r"lesser general public|library or lesser|library general public|lgpl", "LGPL"),
    (r"general public license|\bgpl", "GPL"),
    (r"mozilla public license 2|^mpl-2\.0$", "MPL-2.0"),
    (r"apache", "Apache-2.0"),
    (r"\bbsd\b", "BSD-3-Clause"),
    (r"^mit\b|:: mit license$", "MIT"),
    (r"python software foundation|^psf", "PSF-2.0"),
    (r"\bisc\b", "ISC"),
)
_SAYS_NOTHING = {"", "unknown", "dual license", "license :: osi approved"}
_LICENCE_FILE = re.compile(r"(?i)licen[cs]e|copying|notice|third.?party")
# A whole GPL or AGPL, or one named with its number. The LGPL has a name of its own, and a GPL named without a number
# is told of, not given.
_BINDING_TEXT = re.compile(r"^[ \t]*GNU (?:AFFERO )?GENERAL PUBLIC LICENSE[ \t]*$|(?<![A-Za-z])A?GPL[-\s]?v?[23]")
_YES, _NO = "yes", "no"


def claimed(package: Distribution) -> list[str]:
    """Each licence that the metadata names, as an SPDX expression or, for older words, one SPDX name each."""
    expression = package.metadata.get("License-Expression")
    if expression:
        return [expression]
    words = [(package.metadata.get("License") or "").strip().partition("\n")[0]]
    words += [one for one in package.metadata.get_all("Classifier") or [] if one.startswith("License ::")]
    return [_in_spdx(one) for one in words if one.lower() not in _SAYS_NOTHING]


def _in_spdx(words: str) -> str:
    found = (name for pattern, name in _OLDER_WORDS if re.search(pattern, words.lower()))
    return next(found, words if words in ALLOWED else f"unread: {words}")


def allows(expression: str, allowed: Set[str]) -> bool:
    """Whether this SPDX expression lets one be bound by allowed licences alone: of an OR by one, of an AND by all."""
    while inner := re.search(r"\(([^()]*)\)", expression):
        expression = expression.replace(inner[0], _YES if allows(inner[1], allowed) else _NO)
    known = {*allowed, _YES}
    return any(all(name.strip() in known for name in part.split(" AND ")) for part in expression.split(" OR "))


def binding_texts(package: Distribution) -> list[str]:
    """The lines in a package's licence files by which it brings something under the GPL or AGPL along."""
    files = [
        file for file in package.files or [] if ".dist-info" in str(file.parent) and _LICENCE_FILE.search(str(file))
    ]
    found = []
    for file in files:
        text = Path(str(file.locate())).read_text("utf-8", "replace")
        found += [line.strip() for line in text.splitlines() if _BINDING_TEXT.search(line)]
    return found
