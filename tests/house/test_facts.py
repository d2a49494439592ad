"""docs/facts.md names what there is: each fact's function stands in the module that the table says."""

from __future__ import annotations

import re

import pytest

from tests.house.source import PROJECT

_NAMED = re.compile(r"`((?:domain|reads|state|pages|components)/[\w/]+\.\w+): ([\w.]+)")


@pytest.mark.row("CAM-07")
def test_each_function_that_answers_a_fact_is_there() -> None:
    text = (PROJECT / "docs" / "facts.md").read_text(encoding="utf-8")
    named = _NAMED.findall(text)
    assert len(named) > 12
    gone = []
    for path, name in named:
        source = (PROJECT / "cleanit_app" / path).read_text(encoding="utf-8")
        gone += [(path, part) for part in name.split(".") if not re.search(rf"\b{part}\b", source)]
    assert gone == []
