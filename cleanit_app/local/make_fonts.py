"""Cuts the font files in assets/fonts from the npm package of Anek Devanagari; those of papers: `make_paper_fonts`.

Run once when the font changes: ``python -m cleanit_app.local.make_fonts PACKAGE_FILES_DIR``.
The Latin files are copied as they are. The Devanagari file holds every weight and weighs 258 KB,
so two static weights are cut from it and only characters that Hindi uses are kept.
"""

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = Path(__file__).resolve().parents[2] / "assets" / "fonts"
NAME = "anek-devanagari-{}-wght-normal.woff2"
HINDI = [*range(0x0900, 0x0980), 0x200C, 0x200D, 0x25CC, 0x20, 0xA0, 0x2D]


def cut(source: Path, weight: int, letters: list[int], target: Path) -> int:
    """Write one static weight of ``source`` with these code points; returns its size in bytes."""
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight})
    options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False, desubroutinize=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    return target.stat().st_size


def main(package_files: str) -> None:
    """Fill assets/fonts from the unpacked files of the font package and print the sizes."""
    source = Path(package_files)
    TARGET.mkdir(parents=True, exist_ok=True)
    for part, name in (("latin", "anek-latin.woff2"), ("latin-ext", "anek-latin-ext.woff2")):
        shutil.copyfile(source / NAME.format(part), TARGET / name)
        print(name, (TARGET / name).stat().st_size)
    variable = source / NAME.format("devanagari")
    for name, weight, letters in (("500", 500, HINDI), ("700", 700, HINDI)):
        target = TARGET / f"anek-hindi-{name}.woff2"
        print(target.name, cut(variable, weight, letters, target))


if __name__ == "__main__":
    main(sys.argv[1])
