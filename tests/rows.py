"""Which tests prove which row. Run as `python -m tests.rows`."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

PROJECT = Path(__file__).parents[1]
_ROW = re.compile(r"^\| ([A-Z]{3}-\d\d) \| (.+?) \|$", re.MULTILINE)


def rows() -> dict[str, str]:
    """Every row of docs/rows.md by its id."""
    return dict(_ROW.findall((PROJECT / "docs" / "rows.md").read_text(encoding="utf-8")))


def proofs() -> dict[str, list[str]]:
    """The tests marked with each row, as `file::test`."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((PROJECT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                for mark in node.decorator_list:
                    if ast.unparse(mark).startswith("pytest.mark.row(") and isinstance(mark, ast.Call):
                        for argument in mark.args:
                            if isinstance(argument, ast.Constant):
                                found[argument.value].append(f"{path.relative_to(PROJECT)}::{node.name}")
    return found


def main() -> None:
    """Print each row with the tests that prove it."""
    known, proved = rows(), proofs()
    for row, words in known.items():
        print(f"{row}  {words}")
        for test in proved.get(row, []):
            print(f"        {test}")
    print(f"{sum(row in proved for row in known)} of {len(known)} rows have a test")


if __name__ == "__main__":
    main()
