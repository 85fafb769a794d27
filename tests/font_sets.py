"""The fonts of the browser tests: three sets of a system from published packages, those that the theme brings along, and nothing that the machine has installed."""

import dataclasses
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from support import ROOT

PACKAGES = ROOT / "node_modules"
DEJAVU = "dejavu-fonts-ttf/ttf"


@dataclasses.dataclass(frozen=True, kw_only=True)
class FontSet:
    """The families that a page gets for its generic ones, and the package that holds them beside DejaVu; and whether it gets the theme's."""

    sans: str
    serif: str
    mono: str = "DejaVu Sans Mono"
    package: str | None = None
    bundled: bool = False

    @property
    def shown(self) -> tuple[str, str]:
        """The families of titles and of text."""
        return ("Source Serif 4", "Source Sans 3") if self.bundled else (self.serif, self.sans)

    @property
    def served(self) -> str:
        """What a server does with the theme's fonts, see `browsing.FONTS`."""
        return "waited for" if self.bundled else "system"


FONT_SETS = {
    "narrow": FontSet(
        sans="PT Sans Narrow", serif="PT Sans Narrow", package="@expo-google-fonts/pt-sans-narrow"
    ),
    "wide": FontSet(sans="DejaVu Sans", serif="DejaVu Serif"),
    "tall": FontSet(sans="Cairo", serif="Cairo", package="@expo-google-fonts/cairo"),
    "bundled": FontSet(sans="DejaVu Sans", serif="DejaVu Serif", bundled=True),
}
"""Letters of 0.7 times the width of the wide ones; wide ones; lines of 1.9 em; those of the theme. DejaVu has the characters that others lack."""
EACH_FONT_SET = pytest.mark.parametrize("fonts", FONT_SETS, indirect=True)
"""For tests of layout: run with each set, in a browser that the session keeps."""
NAMES = {
    "sans": ["sans-serif", "system-ui", "Arial", "Helvetica", "Helvetica Neue", "Roboto", "Segoe UI", "Noto Sans"],
    "serif": ["serif", "Times New Roman", "Times", "Georgia", "Palatino", "Noto Serif"],
    "mono": ["monospace", "Monospace", "ui-monospace", "Courier New", "Courier"],
}  # fmt: skip
"""What pages and browsers ask for, by what it stands for."""


def write_fontconfig(name: str, folder: Path) -> Path:
    """Write the configuration of a set, with a cache of its own, and return its file for `FONTCONFIG_FILE`."""
    fonts = FONT_SETS[name]
    folders = [PACKAGES / DEJAVU, *([PACKAGES / fonts.package] if fonts.package else [])]
    missing = [str(path) for path in folders if not path.is_dir()]
    if missing:
        raise FileNotFoundError(f"fonts of the tests are missing, run `npm ci`: {', '.join(missing)}")
    aliases = [
        f'<alias binding="same"><family>{asked}</family><prefer><family>{getattr(fonts, kind)}</family></prefer></alias>'
        for kind, names in NAMES.items()
        for asked in names
    ]
    others = f"<string>{fonts.sans}</string><string>DejaVu Sans</string>"  # for other names, and for missing characters
    slight = '<match target="pattern"><edit name="hintstyle" mode="append"><const>hintslight</const></edit></match>'
    lines = [
        '<?xml version="1.0"?>',
        "<fontconfig>",
        *(f"<dir>{escape(str(path))}</dir>" for path in folders),
        f"<cachedir>{escape(str(folder / 'cache'))}</cachedir>",
        *aliases,
        f'<match><edit name="family" mode="append_last">{others}</edit></match>',
        slight,
        "</fontconfig>",
    ]
    file = folder / "fonts.conf"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file
