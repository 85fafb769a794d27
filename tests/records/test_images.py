"""The picture of a paper: what its file must be, and what a record that names it must say."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import draw_png

from generator.limits import IMAGE_BYTES, IMAGE_SIDE
from generator.model import ImageSize
from generator.pipeline import load_content
from generator.storage.image_file import ImageHeader, read_header

PNG = draw_png(12, 8)
SEGMENT = b"\xff\xe1\x00\x06Exif"
JPEG = b"\xff\xd8" + SEGMENT + b"\xff\xff\xc2\x00\x11\x08" + struct.pack(">HH", 300, 400) + b"\3" + b"\0" * 20
GIF = b"GIF89a" + struct.pack("<HH", 5, 7) + b"\0" * 10


def riff(chunk):
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


LOSSY = riff(b"VP8 " + b"\0" * 4 + b"\0\0\0" + b"\x9d\x01\x2a" + struct.pack("<HH", 0x4000 | 550, 368))
LOSSLESS = riff(b"VP8L" + b"\0" * 4 + b"\x2f" + struct.pack("<I", 385 | 394 << 14 | 1 << 28))
EXTENDED = riff(b"VP8X" + b"\x0a\0\0\0" + b"\0" * 4 + (999).to_bytes(3, "little") + (66_999).to_bytes(3, "little"))  # fmt: skip
HEADS = {
    "png": (PNG, "png", 12, 8),
    "jpeg": (JPEG, "jpg", 400, 300),
    "gif": (GIF, "gif", 5, 7),
    "lossy": (LOSSY, "webp", 550, 368),
    "lossless": (LOSSLESS, "webp", 386, 395),
    "extended": (EXTENDED, "webp", 1000, 67_000),
}


@pytest.mark.parametrize("name", HEADS)
def test_type_and_size_are_read_from_the_content(name):
    head, kind, width, height = HEADS[name]
    assert read_header(head) == ImageHeader(kind=kind, width=width, height=height)
    for end in range(len(head)):  # whatever is cut off, it ends
        found = read_header(head[:end])
        assert found is None or found.kind == kind


def test_the_sizes_are_those_that_a_decoder_finds(tmp_path):
    """Pictures written by another program, in each format."""
    pillow = pytest.importorskip("PIL.Image")
    picture = pillow.new("RGB", (37, 23), (200, 10, 30))
    for name, more in (("a.png", {}), ("a.jpg", {}), ("b.jpg", {"progressive": True}), ("a.gif", {}), ("a.webp", {}), ("b.webp", {"lossless": True}), ("c.webp", {"exif": b"Exif\0\0"})):  # fmt: skip
        picture.save(tmp_path / name, **more)
        found = read_header((tmp_path / name).read_bytes())
        assert (found.width, found.height) == (37, 23), name
        assert found.kind == name.partition(".")[2]


@given(st.sampled_from([head for head, *_ in HEADS.values()]), st.binary(max_size=64), st.integers(0, 40))
def test_no_bytes_break_the_reader(head, noise, at):
    for data in (noise, head[:at] + noise + head[at:], head[:at] + noise):
        found = read_header(data)
        assert found is None or min(found.width, found.height) > 0


def write(shelf_on_disk, image, files):
    return shelf_on_disk({
        "papers/owls.yml": f"title: Owls\nimage: {image}\n",
        **files,
    })  # fmt: skip


def test_a_picture_is_loaded_with_its_size(shelf_on_disk):
    content = write(shelf_on_disk, "{file: figures/Owls 1.PNG, alt: ' An  owl. '}", {"figures/Owls 1.PNG": PNG})  # fmt: skip
    shelf, _, problems = load_content(content)
    assert not [p for p in problems if p.code == "bad-image"]
    assert shelf.images == {"figures/Owls 1.PNG": ImageSize(12, 8)}
    assert shelf.papers["owls"].image.alt == "An owl."


WRONG = {
    "no file": ("{file: a.png, alt: A}", {}, "No such file"),
    "another host": ("{file: 'https://a.example/a.png', alt: A}", {}, "is a URL"),
    "another host without its scheme": ("{file: //a.example/a.png, alt: A}", {}, "is a URL"),
    "a path that leads out": ("{file: ../a.png, alt: A}", {}, "not a path below the content folder"),
    "a path from the root": ("{file: /etc/a.png, alt: A}", {}, "not a path below the content folder"),
    "a drive": ("{file: 'C:a.png', alt: A}", {}, "not a path below the content folder"),
    "a folder": ("{file: figures.png, alt: A}", {"figures.png/x": PNG}, "this is a folder"),
    "beside the records": ("{file: papers/a.png, alt: A}", {"papers/a.png": PNG}, "does not serve"),
    "a hidden folder": ("{file: .a/a.png, alt: A}", {".a/a.png": PNG}, "does not serve"),
    "a folder that is not copied": ("{file: templates/a.png, alt: A}", {"templates/a.png": PNG}, "does not serve"),
    "a drawing that can run": ("{file: a.svg, alt: A}", {"a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, "no ending"),
    "a page": ("{file: a.html, alt: A}", {"a.html": b"<p>"}, "no ending"),
    "a page by another name": ("{file: a.png, alt: A}", {"a.png": b"<html><script>"}, "not a PNG"),
    "another format": ("{file: a.png, alt: A}", {"a.png": JPEG}, "is of the type jpg"),
    "an empty file": ("{file: a.png, alt: A}", {"a.png": b""}, "not a PNG"),
    "too many bytes": ("{file: a.png, alt: A}", {"a.png": PNG + b"\0" * IMAGE_BYTES}, "2,097,152 are allowed"),
    "too many pixels": ("{file: a.gif, alt: A}", {"a.gif": b"GIF89a" + struct.pack("<HH", IMAGE_SIDE + 1, 1)}, "5,000 are allowed"),
    "no words": ("{file: a.png, alt: ' '}", {"a.png": PNG}, "image.alt: is empty"),
    "no path": ("{file: '', alt: A}", {}, "image.file: is empty"),
    "no alternative text": ("{file: a.png}", {"a.png": PNG}, "missing required field `alt`"),
    "something else": ("{file: a.png, alt: A, width: 3}", {"a.png": PNG}, "unknown field `width`"),
    "only a path": ("a.png", {"a.png": PNG}, "image"),
    "a long text": (f"{{file: a.png, alt: {'a ' * 1500}}}", {"a.png": PNG}, "at most 2,000 are allowed"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_shown_is_an_error_with_its_place_and_what_to_do(shelf_on_disk, name):
    image, files, said = WRONG[name]
    _, _, problems = load_content(write(shelf_on_disk, image, files))
    (problem,) = (p for p in problems if p.severity == "error")
    assert said in problem.message
    assert "image" in problem.message
    assert problem.place.file == "papers/owls.yml"
    assert problem.hint


def test_a_link_out_of_the_folder_is_refused(shelf_on_disk, tmp_path):
    (tmp_path / "secret.png").write_bytes(PNG)
    content = write(shelf_on_disk, "{file: a.png, alt: A}", {})
    (content / "a.png").symlink_to(tmp_path / "secret.png")
    _, _, problems = load_content(content)
    assert "bad-image" in {p.code for p in problems}


@pytest.mark.parametrize("size", [(0, 7), (7, 0)])
def test_a_picture_without_a_pixel_is_none(size):
    assert read_header(b"GIF89a" + struct.pack("<HH", *size)) is None
