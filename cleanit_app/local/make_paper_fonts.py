"""Cuts the fonts of papers from npm packages of fonts, one file a script, and lists the letters that they print.

Run once when a font changes: ``python -m cleanit_app.local.make_paper_fonts NODE_MODULES``, after
``npm install @fontsource-variable/anek-{bangla,devanagari,gujarati,gurmukhi,kannada,malayalam,odia,tamil,telugu}
@fontsource/{noto-naskh-arabic,noto-sans-meetei-mayek,noto-sans-ol-chiki} @expo-google-fonts/noto-emoji``.
Latin with its marks, Hindi and the rupee lie in one family of two weights; the other scripts are read in names and
places alone, so that one weight of each is enough.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = Path(__file__).resolve().parents[1] / "services" / "tax" / "fonts"
FAMILY, WEIGHTS = "Cleanit Paper", {430: "regular", 700: "bold"}
JOINERS = [0x200C, 0x200D, 0x25CC, 0x20, 0x0964, 0x0965]
HINDI = [*range(0x0900, 0x0980), *JOINERS, 0xA0, 0x2D]
_BLOCK = 0x80
ANEK = {  # the name of the package, the name of the script in its files, the first code of its block
    "bangla": ("bengali", 0x0980),
    "gurmukhi": ("gurmukhi", 0x0A00),
    "gujarati": ("gujarati", 0x0A80),
    "odia": ("oriya", 0x0B00),
    "tamil": ("tamil", 0x0B80),
    "telugu": ("telugu", 0x0C00),
    "kannada": ("kannada", 0x0C80),
    "malayalam": ("malayalam", 0x0D00),
}
NOTO = {
    "noto-naskh-arabic": "arabic",
    "noto-sans-meetei-mayek": "meetei-mayek",
    "noto-sans-ol-chiki": "ol-chiki",
}
MARKS = Path("@fontsource/noto-sans-ol-chiki", "files", "noto-sans-ol-chiki-latin-ext-400-normal.woff2")
EMOJI = "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf"


def anek(modules: Path, package: str, part: str) -> Path:
    """The variable font of one script."""
    return modules / f"@fontsource-variable/anek-{package}" / "files" / f"anek-{package}-{part}-wght-normal.woff2"


def cut(font: TTFont, letters: Iterable[int] | None = None) -> io.BytesIO:
    """A TrueType file with these letters of a font, or all, and everything its shaping needs."""
    options = subset.Options(layout_features=["*"], hinting=False, notdef_outline=True, name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(font.getBestCmap()) if letters is None else list(letters))
    cutter.subset(font)
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    out.seek(0)
    return out


def static(source: Path, weight: int) -> TTFont:
    """One weight of a variable font."""
    return instancer.instantiateVariableFont(TTFont(source), {"wght": weight})


def join(modules: Path, weight: int, target: Path) -> None:
    """Latin with its marks, the rupee and Hindi in one file of the papers' own family."""
    parts = (("latin", None), ("latin-ext", None), ("devanagari", HINDI))
    files = [cut(static(anek(modules, "devanagari", part), weight), letters) for part, letters in parts]
    font = merge.Merger().merge(files)
    _name(font, FAMILY, WEIGHTS[weight].title())
    font["OS/2"].usWeightClass = 700 if weight == 700 else 400
    font.save(target)


def _name(font: TTFont, family: str, style: str) -> None:
    for name_id, name in ((1, family), (2, style), (4, f"{family} {style}"), (6, f"{family}-{style}".replace(" ", ""))):
        font["name"].setName(name, name_id, 3, 1, 0x409)
    for name_id in (16, 17):
        font["name"].removeNames(nameID=name_id)


def printable_ranges(folder: Path) -> list[str]:
    """The codes that any font of a folder prints, as hexadecimal ranges."""
    codes = sorted({code for file in folder.glob("*.ttf") for code in TTFont(file).getBestCmap()})
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0])]
    return [f"{run[0]:04X}-{run[-1]:04X}" for run in runs]


def main(node_modules: str) -> None:
    """Fill the folder of the papers' fonts and print the sizes."""
    modules = Path(node_modules)
    for weight, style in WEIGHTS.items():
        join(modules, weight, TARGET / f"anek-{style}.ttf")
    for package, (part, first) in ANEK.items():
        letters = [*range(first, first + _BLOCK), *JOINERS]
        file = cut(static(anek(modules, package, part), 430), letters)
        (TARGET / f"anek-{package}.ttf").write_bytes(file.getvalue())
    for package, part in NOTO.items():
        source = modules / f"@fontsource/{package}" / "files" / f"{package}-{part}-400-normal.woff2"
        (TARGET / f"{package}.ttf").write_bytes(cut(TTFont(source)).getvalue())
    marked = TTFont(modules / MARKS)
    _name(marked, f"{FAMILY} Marks", "Regular")
    (TARGET / "noto-latin-marks.ttf").write_bytes(cut(marked).getvalue())
    (TARGET / "noto-emoji.ttf").write_bytes(cut(TTFont(modules / EMOJI)).getvalue())
    (TARGET / "letters.txt").write_text("\n".join(printable_ranges(TARGET)) + "\n", encoding="ascii")
    for made in sorted(TARGET.glob("*.ttf")):
        print(made.name, made.stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1])
