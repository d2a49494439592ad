"""The figures of a run: printed, and kept in the README with the machine they were measured on."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
START, END = "<!-- figures: written by make bench -->", "<!-- end of figures -->"


@dataclass
class Report:
    """Lines of `what`, `figure`, `bound`."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, figure: str, bound: str = "") -> None:
        """Note one figure and say it."""
        self.lines.append((what, figure, bound))
        print(f"  {what}: {figure}" + (f"   (bound: {bound})" if bound else ""), flush=True)

    def write(self) -> None:
        """Put the figures into the README between its two marks."""
        text = README.read_text(encoding="utf-8")
        if START not in text:
            text = f"{text.rstrip()}\n\n{START}\n{END}\n"
        before, _, rest = text.partition(START)
        after = rest.partition(END)[2]
        README.write_text(f"{before}{START}\n\n{self._table()}\n\n{END}{after}", encoding="utf-8")

    def _table(self) -> str:
        rows = "\n".join(f"| {what} | {figure} | {bound} |" for what, figure, bound in self.lines)
        return f"{machine()}\n\n| measured | figure | bound |\n|---|---|---|\n{rows}"


def machine() -> str:
    """The machine in one sentence."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    today = datetime.now(UTC).date()
    return (
        f"{today}, {os.cpu_count()} cores ({cpu}), {memory:.0f} GiB, Python {platform.python_version()}; "
        "load generator, database and web process share the cores."
    )
