"""The verbs of the Makefile: each that is announced or told of in the docs has its rule."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.test_docs import PAGES

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
RULES = dict(re.findall(r"^([a-z-]+):([^\n]*\n(?:\t[^\n]*\n)*)", MAKEFILE, re.M))


def test_every_announced_verb_has_a_rule() -> None:
    announced = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.M)
    assert announced
    assert set(announced[1].split()) == set(RULES)


def test_every_verb_that_the_docs_tell_of_is_there() -> None:
    told = {}
    for page in (ROOT / ".env.example", *PAGES):
        for verb in re.findall(r"`(?:[A-Z_]+=\S+ )*make ([a-z][a-z-]*)", page.read_text("utf-8")):
            told.setdefault(verb, page.name)
    assert {verb: page for verb, page in told.items() if verb not in RULES} == {}


def test_modules_that_verbs_start_are_there() -> None:
    started = set(re.findall(r"python -m ((?:cleanit_app|workers|tests)\.[\w.]+)", MAKEFILE))
    assert started
    assert [name for name in started if not (ROOT / f"{name.replace('.', '/')}.py").is_file()] == []


def test_no_two_rules_share_a_name() -> None:
    names = re.findall(r"^([a-z-]+):", MAKEFILE, re.M)
    assert sorted(names) == sorted(set(names))
