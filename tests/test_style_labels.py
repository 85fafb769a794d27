"""The texts of style sheets: they come from the labels of the site's language, and no style sheet contains one of its own."""

import re

import pytest
from test_labels import TEXTS, names

from generator.labels.labels import list_languages, load_labels
from generator.mkdocs_plugin.stylesheets import pack_style
from generator.mkdocs_plugin.theme import ScriptError, fill_style, find_theme

STYLES = {path.name: path.read_text("utf-8") for path in sorted(find_theme().rglob("*.css"))}
CONTENT = re.compile(r"(?<![\w-])content:((?:\"[^\"]*\"|'[^']*'|[^;}\"'])*)")
TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
LABEL = re.compile(r'label\("([a-z_.]+)"\)')


def list_content(style):
    """Return the values of the property `content` in a style sheet."""
    return [value.strip() for value in CONTENT.findall(re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))]


def find_words(style):
    """Return the texts with letters in the property `content`, without those that are labels."""
    values = [LABEL.sub("", value) for value in list_content(style)]
    return [text for value in values for text in TEXT.findall(value) if any(map(str.isalpha, text))]


def test_no_style_sheet_has_a_letter_in_a_text():
    assert sum(len(list_content(style)) for style in STYLES.values()) > 10
    assert {name: found for name, style in STYLES.items() if (found := find_words(style))} == {}


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ('a::before { content: "Read"; }', ['"Read"']),
        ("a::after{content:' (' attr(href) ' read)'}", ["' read)'"]),
        ('a { content: label("mark.read") "; is read" }', ['"; is read"']),
        ('a { align-content: start; content: label("mark.read") " ▸"; } /* content: "x" */', []),
    ],
)
def test_a_text_with_letters_is_found(style, found):
    assert find_words(style) == found


@pytest.mark.parametrize("language", list_languages())
def test_every_language_has_the_texts_of_style_sheets(language):
    keys = {key for style in STYLES.values() for key in LABEL.findall(style)}
    assert {"mark.read", "print.more"} <= keys
    assert {key for key in keys if names(TEXTS[language][key])} == set()
    filled = [pack_style(fill_style(name, style, load_labels(language))) for name, style in STYLES.items()]
    assert "label(" not in "".join(filled)
    assert {key for key in keys if f'"{TEXTS[language][key]}"' not in "".join(filled)} == set()


@pytest.mark.parametrize("call", ['label("print.none")', 'label("count.papers")', "label(name)"])
def test_a_label_that_a_style_sheet_cannot_show_is_an_error_with_the_path(call):
    with pytest.raises(ScriptError, match=r"^own\.css: "):
        fill_style("own.css", f"a {{ content: {call}; }}", load_labels())
