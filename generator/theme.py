"""Where the theme's files are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

FOLDER = "theme_overrides"


def find_theme() -> Path:
    """Return the folder of templates, styles and scripts that are laid over Material."""
    inside = Path(__file__).parent / FOLDER
    return inside if inside.is_dir() else Path(__file__).parent.parent / FOLDER
