"""Labels: every language has all of them, with the same values, and the site uses all of them."""

import html
import re
import string
from pathlib import Path

import pytest
import yaml
from babel import Locale

from generator.formats.shared.status import STATUS_NAMES
from generator.labels.labels import ENGLISH, FOLDER, list_languages, load_labels
from generator.pages.parts.templates import render_markdown
from generator.pipeline import build_site, plan_pages
from generator.settings import Settings

ROOT = Path(__file__).parents[1]


def read(language):
    groups = yaml.safe_load((FOLDER / f"{language}.yml").read_text())
    return {f"{group}.{name}": text for group, labels in groups.items() for name, text in labels.items()}


def forms(text):
    return text.values() if isinstance(text, dict) else [text]


def names(text):
    return {name for form in forms(text) for _, name, _, _ in string.Formatter().parse(form) if name}


TEXTS = {language: read(language) for language in list_languages()}
OTHERS = sorted(TEXTS.keys() - {ENGLISH})


def test_there_are_the_four_languages():
    assert list_languages() == ("de", "en", "ja", "zh")


@pytest.mark.parametrize("language", OTHERS)
def test_no_label_is_missing_or_too_many(language):
    assert load_labels(language).missing == ()
    assert TEXTS[language].keys() - TEXTS[ENGLISH].keys() == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_fills_in_what_the_english_label_fills_in(language):
    wrong = {key for key, text in TEXTS[ENGLISH].items() if names(text) != names(TEXTS[language][key])}
    assert wrong == set()


@pytest.mark.parametrize("language", list_languages())
def test_a_label_with_several_forms_has_one_for_each_plural_category(language):
    categories = {*Locale.parse(language).plural_form.tags, "other"}
    assert {key: set(text) for key, text in TEXTS[language].items() if isinstance(text, dict) and set(text) != categories} == {}  # fmt: skip


def test_every_label_is_used():
    places = (
        "generator/**/*.py",
        "generator/**/*.j2",
        "theme_overrides/**/*.html",
        "theme_overrides/**/*.js",
        "theme_overrides/**/*.css",
    )
    code = [path for place in places for path in ROOT.glob(place)]
    text = "\n".join(path.read_text() for path in code)
    built = ("kind.", "link.", "status.", "fact.", "reason.phrase_", "paper.was_", "paper.known_", "stats.most_", "date.", "theme.", "venue_lists.", "author_lists.", "record.", "venue_type.")  # fmt: skip
    unused = {
        key
        for key in TEXTS[ENGLISH]
        if f'"{key}"' not in text and not key.startswith(built) and f'"{key.partition(".")[2]}"' not in text
    }
    assert unused == set()


def test_a_language_without_labels_is_shown_in_english_and_spellings_are_known():
    found = {code: load_labels(code).language for code in ("fr", "de-AT", "zh-Hans", "zh-CN", "ja", "")}
    assert found == {"fr": "en", "de-AT": "de", "zh-Hans": "zh", "zh-CN": "zh", "ja": "ja", "": "en"}


def test_a_label_that_a_language_does_not_have_is_english(tmp_path, monkeypatch):
    for language in (ENGLISH, "de"):
        text = (FOLDER / f"{language}.yml").read_text()
        (tmp_path / f"{language}.yml").write_text(re.sub(r"\n  menu: Menü", "", text))
    monkeypatch.setattr("generator.labels.labels.FOLDER", tmp_path)
    labels = load_labels.__wrapped__("de")
    assert (labels("theme.menu"), labels.missing) == ("Menu", ("theme.menu",))


@pytest.mark.parametrize(
    ("language", "values"),
    [
        (
            "en",
            ["1 paper", "12,000 papers", "25 July 2024", "July 2024", "2024", "", "Sep ’24", "a, b and c"],
        ),
        (
            "de",
            ["1 Paper", "12.000 Papers", "25. Juli 2024", "Juli 2024", "2024", "", "Sep ’24", "a, b und c"],
        ),
        (
            "zh",
            ["1 篇论文", "12,000 篇论文", "2024年7月25日", "2024年7月", "2024年", "", "24年9月", "a、b和c"],
        ),
        (
            "ja",
            ["論文 1 件", "論文 12,000 件", "2024年7月25日", "2024年7月", "2024年", "", "24年9月", "a、bとc"],
        ),
    ],
)
def test_numbers_dates_and_lists_are_those_of_the_language(language, values):
    labels = load_labels(language)
    assert values == [
        labels.count("count.papers", 1), labels.count("count.papers", 12_000), labels.date("2024-07-25"), labels.date("2024-07"),
        labels.date("2024"), labels.date(""), labels.short_date("2024-09"), labels.join(["a", "b", "c"]),
    ]  # fmt: skip
    assert (labels.join([]), labels.join(["a"])) == ("", "a")
    assert labels.number(1234.5) == {"de": "1.234,5"}.get(language, "1,234.5")


SHELF = {
    "owls": {
        "title": "Owls", "published": "2024-03-01", "added": "2024-05-02", "kind": "survey", "extra": {"size": "yes"}, "featured": True, "note": "!",
        "authors": [{"name": "Ada Owl"}], "abstract": "Aaa.", "links": {"code": ["https://example.org/c"], "doi": ["10.1000/x"]},
        "sources": [{"name": "s", "entry": "7", "date": "2024-05-01", "organisation": "O", "discussion": 3, "claims": {"venue": "V"}}],
    },
    "wrens": {"title": "Wrens", "author_count": 7, "status": "superseded", "superseded_by": "owls", "summary": "Owls."},
    "mice": {"title": "Mice", "status": "withdrawn", "status_note": "!!", "topics": ["birds"]},
    "bats": {"title": "Bats", "status": "removed", "status_note": "!!!"},
    **{f"p{n}": {"title": f"Owls {n}", "published": f"{2022 + n % 3}"} for n in range(40)},
}  # fmt: skip
TOPICS = [
    {"id": "birds", "name": "Birds", "description": "B.", "start_here": ["owls"], "rules": [{"any": ["owls"], "times": 1}]},
    {"id": "night", "name": "Night", "parent": "birds", "neighbours": ["birds"], "rules": [{"any": ["owls"]}, {"all": ["wrens"]}]},
]  # fmt: skip
PATHS = [
    {
        "id": "night",
        "name": "!!",
        "lead": "L.",
        "steps": [{"paper": key, "why": "!"} for key in ("owls", "p1")],
    }
]
TABLES = [{"id": "sizes", "name": "!!", "lead": "L.", "columns": ["size"]}]


def only_english(language):
    """Return the longest words of every English label that the language has other words for."""
    parts = (
        part
        for text in TEXTS[ENGLISH].values()
        for form in forms(text)
        for part in re.split(r"\{.*?\}", form)
    )
    own = " ".join(form for text in TEXTS[language].values() for form in forms(text))
    return {part.strip(" .,;:") for part in parts if len(part) >= 10 and part.strip(" .,;:") not in own}


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_word_is_left_on_a_page(tmp_path, language):
    (tmp_path / "papers").mkdir()
    for key, facts in SHELF.items():
        (tmp_path / "papers" / f"{key}.yml").write_text(yaml.safe_dump(facts))
    (tmp_path / "topics.yml").write_text(yaml.safe_dump(TOPICS))
    (tmp_path / "paths.yml").write_text(yaml.safe_dump(PATHS))
    (tmp_path / "shelf.yml").write_text("format: 1\nfields: {size: {label: '!', type: flag}}\n")
    (tmp_path / "tables.yml").write_text(yaml.safe_dump(TABLES))
    settings = Settings(
        content=tmp_path, language=language, site_name="Nest", site_url="https://example.org/"
    )
    site, _ = build_site(settings)
    pages = {plan.path: plan.make() for plan in plan_pages(site, settings)}
    english = only_english(language) - set(STATUS_NAMES.values())  # which stand in data for programs
    assert len(english) > 100
    texts = {path: html.unescape(render_markdown(page) + str(page.head)) for path, page in pages.items()}
    assert {(path, words) for path, text in texts.items() for words in english if words in text} == set()
    assert load_labels(language)("paper.sources") in render_markdown(pages["papers/owls.md"])
    assert load_labels(language)("status.superseded") in render_markdown(pages["papers/index.md"])
