"""Builds assets/icons.svg from the icons that components name.

Run when ICONS changes: ``python -m cleanit_app.local.make_icons LUCIDE_STATIC_ICONS_DIR``
(the ``icons`` folder of the npm package ``lucide-static``, ISC licence).
"""

import re
import sys
from pathlib import Path

from cleanit_app.components.icons import ICONS

TARGET = Path(__file__).resolve().parents[2] / "assets" / "icons.svg"
# The logo: a kilometre stone with a marigold cap and a white tick. The pin stands on every map.
OWN = (
    '<symbol id="stone" viewBox="0 0 26 30">'
    '<path d="M0 13a13 13 0 0 1 26 0v15a2 2 0 0 1-2 2H2a2 2 0 0 1-2-2z" fill="#084A55"/>'
    '<path d="M0 14.5V13a13 13 0 0 1 26 0v1.5z" fill="#F4B223"/>'
    '<path d="M7 21.6l4.2 4 7.8-7.6" fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round" '
    'stroke-linejoin="round"/></symbol>'
    '<symbol id="pin" viewBox="0 0 34 44">'
    '<path d="M3 17a14 14 0 0 1 28 0c0 9-10 14-14 25C13 31 3 26 3 17z" fill="currentColor" stroke="#fff" '
    'stroke-width="2.5"/><circle cx="17" cy="17" r="5.5" fill="#fff"/></symbol>'
)
LICENCE = "<!-- Icons from Lucide (lucide.dev), ISC License, Copyright (c) Lucide Contributors -->"


def symbol(svg: str, name: str) -> str:
    """One icon's shapes as a sprite symbol, without the file's own wrapping and spaces."""
    shapes = svg.split("<svg", 1)[1].split(">", 1)[1].rsplit("</svg>", 1)[0]
    shapes = re.sub(r"\s+", " ", shapes).replace("> <", "><").replace(" />", "/>").strip()
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def main(icons_dir: str) -> None:
    """Write the sprite and print its size in bytes."""
    symbols = [symbol((Path(icons_dir) / f"{name}.svg").read_text(), name) for name in sorted(ICONS)]
    text = f'<svg xmlns="http://www.w3.org/2000/svg">{LICENCE}{OWN}{"".join(symbols)}</svg>\n'
    TARGET.write_text(text)
    print(TARGET.name, len(symbols), "icons,", len(text), "bytes")


if __name__ == "__main__":
    main(sys.argv[1])
