"""The texts of scripts: every language has them, packing puts them in, and no English one is left in a script."""

import functools
import gzip
import json
import posixpath
import re
import subprocess
from pathlib import PurePosixPath

import pytest
from search_support import run_node
from support import ROOT
from test_labels import TEXTS, names

from generator.labels.calls import ScriptLabelError, list_calls
from generator.labels.labels import ENGLISH, FOLDER, Labels, list_languages, load_labels
from generator.labels.scripts import fill_labels, list_forms
from generator.mkdocs_plugin.theme import find_theme, is_script, pack_scripts, squeeze_script

FIRST = "# From here on: texts of the scripts"
"""What stands in `en.yml` before the groups that scripts alone use."""
FROM_THE_LANGUAGE = {"date.day", "date.month", "date.year", "date.months", "number.group", "number.decimal", "language.code"}  # fmt: skip
MOST_SCRIPT = {"en": 8_192, "de": 8_192, "zh": 8_448, "ja": 8_448}
"""Bytes, compressed; a character of Chinese and Japanese takes three."""
MEANT = {
    "Arrow", "Enter", "Escape", "Files", "(pointer: coarse)", "more", "saved", "every", "ps-button--main",  # names of keys, marks, classes
    "BibTeX", "Markdown", "JSON Lines", "@article{…}",  # names of formats
    "Google Scholar", "Semantic Scholar",  # names of sites
    "its beginning", "Unterminated", "Runaway key",  # messages of the reader of BibTeX, which are replaced
    "an as at", "arccos", "alpha", "pi rho", "label vspace",  # words of formulas and of TeX
    "a about", "does each", "let many", "since so", "too toward", "which while",  # words that the search leaves out
}  # fmt: skip
"""How texts begin that look like English and are none that a reader sees."""


@functools.cache
def read_scripts():
    """Return the text of each script by its path, without published packages."""
    theme = find_theme()
    paths = {path.relative_to(theme).as_posix(): path for path in sorted(theme.rglob("*.js"))}
    own = {
        name: path
        for name, path in paths.items()
        if is_script(name) and "vendor" not in PurePosixPath(name).parts
    }
    return {name: path.read_text("utf-8") for name, path in own.items()}


@functools.cache
def read_calls():
    return [call for text in read_scripts().values() for call in list_calls(squeeze_script(text))]


def list_readable(*scripts):
    """Return for each script the texts that a reader would see."""
    command = ["node", ROOT / "tests" / "readable.mjs"]
    result = subprocess.run(command, input=json.dumps(scripts), capture_output=True, text=True, check=True, cwd=ROOT)  # fmt: skip
    return json.loads(result.stdout)


def test_a_script_asks_for_labels_that_exist_and_gives_their_values():
    calls = [call for call in read_calls() if call.key not in FROM_THE_LANGUAGE]
    assert len(calls) > 300
    wrong = {
        (call.key, language)
        for call in calls
        for language in list_languages()
        if call.key not in TEXTS[language] or names(TEXTS[language][call.key]) != set(call.values)
    }
    assert wrong == set()


def test_no_label_of_the_scripts_is_left_over():
    _, found, text = (FOLDER / f"{ENGLISH}.yml").read_text().partition(FIRST)
    groups = {line.removesuffix(":") for line in text.splitlines() if line and line[0].isalpha()}
    assert found
    assert len(groups) > 10
    used = {call.key for call in read_calls()}
    assert {key for key in TEXTS[ENGLISH] if key.partition(".")[0] in groups} - used == set()


def test_no_text_in_english_is_left_in_a_script():
    scripts = read_scripts()
    found = {text for texts in list_readable(*scripts.values()) for text in texts}
    assert {text for text in found if not text.startswith(tuple(MEANT))} == set()
    assert {start for start in MEANT if not any(text.startswith(start) for text in found)} == set()


READABLE = [
    ('line.textContent = "papers";', ["papers"]),
    ("line.textContent = n ? `${n} found` : none;", [" found"]),
    ('say(n > 1 ? label("count.papers", { count: n }) : "nothing");', ["nothing"]),
    ('make("input", { class: "a b", "aria-label": "search", placeholder: `find ${name}` });', ["search", "find "]),
    ('line.setAttribute("title", "close")', ["close"]),
    ('head.append("by ", make("a", { href: "x" }, name ?? "unknown"));', ["by ", "unknown"]),
    ('throw new Error("broken");', ["broken"]),
    ('const HINT = "scroll to zoom";', ["scroll to zoom"]),
    ('const NAMES = { code: "Code" };', ["Code"]),
    ('line.className = "ps-line is-new"; line.setAttribute("data-kind", "survey"); find("main > a")', []),
    ('line.title = label("shared.again");', []),
]  # fmt: skip
"""Scripts, and what of them a reader would see."""


@pytest.fixture(scope="module")
def found():
    return list_readable(*(script for script, _ in READABLE))


@pytest.mark.parametrize("number", range(len(READABLE)), ids=[script for script, _ in READABLE])
def test_a_text_that_a_reader_would_see_is_found(found, number):
    assert sorted(found[number]) == sorted(READABLE[number][1])


@functools.cache
def pack(language):
    """Return the scripts of the theme in a language, as a site has them."""
    theme = find_theme()
    paths = {path.relative_to(theme).as_posix(): path for path in theme.rglob("*.js")}
    scripts = {name: path.read_text("utf-8") for name, path in paths.items() if is_script(name)}
    return pack_scripts(scripts, load_labels(language))


@pytest.mark.parametrize("own", ["copy.js", "search/refine.js"])
@pytest.mark.parametrize("language", list_languages())
def test_what_a_page_loads_first_is_small_in_every_language(language, own):
    packed = pack(language)
    first = [packed[f"assets/papershelf/{name}"] for name in ("scheme.js", "start.js", own)]
    imported = [name for text in first for name in re.findall(r'\bfrom\s*"(\.[^"]+)"', text)]
    assert {posixpath.basename(name) for name in imported} <= {"start.js"}
    assert sum(len(gzip.compress(text.encode())) for text in first) <= MOST_SCRIPT[language]


EN, DE, JA = (load_labels(language) for language in ("en", "de", "ja"))


@pytest.mark.parametrize(
    ("script", "filled"),
    [
        ('a(label("copy.copy"))', 'a("Copy")'),
        ('a( label( "copy.copy" ) )', 'a( "Copy" )'),
        ('label("lists.kept",{name})', "`Kept as “${name}”`"),
        ('label("lists.kept",{name:one.name})', "`Kept as “${one.name}”`"),
        ('label("lists.kept",{name:"a`$b"})', "`Kept as “a\\`\\$b”`"),
        ('label("lists.kept",{name:`${a} b`})', "`Kept as “${a} b”`"),
        ('label("lists.kept",{name:f(a,{b:1},[2,"),"])})', '`Kept as “${f(a,{b:1},[2,"),"])}”`'),
        ('label("lists.kept",{name:a?`}${"`"}`:b,})', '`Kept as “${a?`}${"`"}`:b}”`'),
        ('label("count.papers",{count:n})', "(n===1?`${n} paper`:`${n} papers`)"),
        ('label("count.papers",{count:a+b})', "((a+b)===1?`${a+b} paper`:`${a+b} papers`)"),
        ('label("count.papers",{count:sayNumber(n)})', "(n===1?`${sayNumber(n)} paper`:`${sayNumber(n)} papers`)"),
        ('label("results.all",{papers:label("count.papers",{count:n})})', "`All ${(n===1?`${n} paper`:`${n} papers`)}`"),
        ('x(...labelParts("lists.begin",{search:a,topics,save:c}))', 'x(...["Start with the ",a," or the ",topics," and press ",c," next to a paper."])'),
        ('label("date.month",{month,name,year})', "`${name} ${year}`"),
        ('make("label",{},label)+one.label(1)+relabel("x")', 'make("label",{},label)+one.label(1)+relabel("x")'),
    ],
)  # fmt: skip
def test_a_call_is_replaced_by_its_text(script, filled):
    assert fill_labels(script, EN) == filled


def test_a_language_has_its_own_texts_forms_numbers_and_dates():
    assert fill_labels('label("lists.kept",{name})', DE) == "`Als „${name}“ behalten`"
    assert fill_labels('label("count.papers",{count:n})', JA) == "`論文 ${n} 件`"
    assert fill_labels('label("date.day",{day,month,name,year})', JA) == "`${year}年${month}月${day}日`"
    assert fill_labels('label("number.decimal")+label("language.code")', DE) == '","+"de"'
    assert list_forms("date.months", DE)["other"].startswith("Januar Februar März ")


def test_forms_of_which_no_other_than_one_has_its_own_are_chosen_by_the_browser():
    forms = {"one": "{count} praca", "few": "{count} prace", "many": "{count} prac", "other": "{count} pracy"}
    polish = Labels("pl", {"count.papers": forms})
    text = fill_labels('label("count.papers",{count:n})', polish)
    assert run_node(f"return question.map((n) => {text});", [1, 2, 5, 22]) == [
        "1 praca",
        "2 prace",
        "5 prac",
        "22 prace",
    ]


def test_a_pattern_of_a_date_may_have_words():
    spanish = Labels("es", {"date.day": "d 'de' MMMM 'de' y"})
    assert list_forms("date.day", spanish) == {"other": "{day} de {name} de {year}"}


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("label(key)", "the key is not a literal text"),
        ('label("lists.none_of_it")', "lists.none_of_it"),
        ('label("lists.kept")', "missing label or value 'name'"),
        ('label("count.papers",{number:n})', "missing label or value 'count'"),
        ('label("lists.kept",{...name})', "expected a value with a name"),
        ('label("lists.kept",{name:a/b})', "a slash outside of strings"),
    ],
)
def test_a_call_without_a_text_is_a_fault(script, fault):
    with pytest.raises(ScriptLabelError, match=fault):
        fill_labels(script, EN)
