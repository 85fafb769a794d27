"""Bounds of the size of a shelf: each is compared in one place."""

from support import ROOT


def test_one_function_says_that_a_shelf_is_very_large():
    generator = ROOT / "generator"
    named = [str(path.relative_to(generator)) for path in generator.rglob("*.py") if "VERY_LARGE" in path.read_text()]  # fmt: skip
    assert named == ["pages/parts/sizes.py"]
