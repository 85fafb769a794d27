"""Words that typos are mended to, in files of which a query loads few, and the parts of an index that are loaded at once."""

import json
import random

import pytest
from search_support import ENGINE, ask, build_folder, run_node

from generator.model import Paper
from generator.search.blocks import cut_between
from generator.search.spellings import pack_spellings

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LOAD = """
const {engine: url, folder, query, options, late} = question;
const {Engine} = await import(url);
const waves = [];
let wave = [];
const load = async (file) => {
  if (!wave.length) setTimeout(() => { waves.push(wave); wave = []; }, 20);
  wave.push(file);
  await new Promise((done) => setTimeout(done, 40));
  return new Uint8Array(await readFile(`${folder}/${file}`));
};
const engine = await Engine.open(load);
const results = await engine.search(query, options);
const files = waves.splice(0);
if (late) await new Promise((done) => setTimeout(done, 200));
if (options.soon) await engine.search(query, {...options, meaning: true, soon: false});
return {files, later: waves, documents: results.documents, mended: results.mended};
"""


def load(folder, query, **options):
    """Return which files a query loads, in waves that wait for each other."""
    question = {"engine": ENGINE.as_uri(), "folder": str(folder), "query": query, "options": options}
    return run_node(LOAD, question)


@pytest.fixture(scope="module")
def vocabulary():
    rnd = random.Random(7)  # noqa: S311 (the same words every time)
    return sorted({"".join(rnd.choices(LETTERS, k=rnd.randint(2, 12))) for _ in range(3_000)})


@pytest.fixture(scope="module")
def folder(vocabulary, tmp_path_factory):
    """Return an index of papers with three thousand words that nobody knows."""
    parts = [vocabulary[at : at + 10] for at in range(0, len(vocabulary), 10)]
    papers = [Paper(id=f"p{n}", title=" ".join(words), added="2025-01-01") for n, words in enumerate(parts)]
    return build_folder(papers, tmp_path_factory.mktemp("spellings"))


def slip(word, rnd):
    """Return a word with one letter too many, too few, another one, or two that changed places."""
    at = rnd.randrange(len(word))
    way = rnd.randrange(4)
    if way == 0:
        return word[:at] + rnd.choice(LETTERS) + word[at:]
    if way == 1:
        return word[:at] + word[at + 1 :]
    if way == 2:
        return word[:at] + rnd.choice(LETTERS) + word[at + 1 :]
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


MEND = """
const {folder, typed, scripts} = question;
const [{Store}, {mend, mendFrom, allowed}] = await Promise.all(["store", "typos"].map((name) => import(`${scripts}/${name}.js`)));
const store = await Store.open(async (file) => new Uint8Array(await readFile(`${folder}/${file}`)));
const every = [...await store.wordsFrom(""), ...await store.shortWords()];
return Promise.all(typed.map(async (word) => [(await mendFrom(word, store)).map((one) => one.word), mend(word, every).map((one) => one.word)]));
"""


def test_one_slip_anywhere_finds_what_a_look_at_every_word_finds(folder, vocabulary):
    rnd = random.Random(3)  # noqa: S311 (the same words every time)
    typed = [slip(rnd.choice([w for w in vocabulary if len(w) > 2]), rnd) for _ in range(600)]
    typed = [word for word in typed if len(word) > 2]
    answers = run_node(MEND, {"folder": str(folder), "typed": typed, "scripts": ENGINE.parent.as_uri()})
    assert sum(bool(every) for _, every in answers) > 500
    assert [(word, *both) for word, both in zip(typed, answers, strict=True) if both[0] != both[1]] == []


EXACT = """
const {word, typed, scripts} = question;
const {mendFrom} = await import(`${scripts}/typos.js`);
const known = [{ word, term: word, number: 1 }];
const store = {
  shortWords: async () => known.filter((one) => one.word.length <= 5),
  wordsFrom: async (letters) => known.filter((one) => one.word.startsWith(letters)),
  wordsTo: async (letters) => known.filter((one) => one.word.endsWith(letters)),
};
return Promise.all(typed.map(async (one) => (await mendFrom(one, store)).map((found) => found.word)));
"""


@pytest.mark.parametrize("length", range(3, 13))
def test_every_slip_is_found_where_only_words_with_the_same_beginning_or_end_are_looked_at(length):
    word = LETTERS[:length]
    typed = {word[:at] + word[at + 1 :] for at in range(length)}
    typed |= {word[:at] + "z" + word[at + more :] for at in range(length) for more in (0, 1)}
    typed |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(length - 1)}
    typed = sorted(one for one in typed if len(one) > 2)
    found = run_node(EXACT, {"word": word, "typed": typed, "scripts": ENGINE.parent.as_uri()})
    assert [one for one, answer in zip(typed, found, strict=True) if answer != [word]] == []


def test_two_slips_in_a_long_word_are_mended(folder, vocabulary):
    rnd = random.Random(5)  # noqa: S311 (the same words every time)
    words = [word for word in vocabulary if len(word) > 9][:200]
    typed = [word[:-1] if n % 2 else word[1:] for n, word in enumerate(words)]
    typed = [word[:4] + rnd.choice(LETTERS) + word[4:] for word in typed]
    answers = run_node(MEND, {"folder": str(folder), "typed": typed, "scripts": ENGINE.parent.as_uri()})
    assert sum(word in found for word, (found, _) in zip(words, answers, strict=True)) > 0.95 * len(words)


def test_a_slip_loads_two_small_files_and_not_all_words(folder, vocabulary):
    word = next(word for word in vocabulary if len(word) == 10)
    _, *waves = load(folder, word[:5] + "q" + word[5:])["files"]
    words = [file for wave in waves for file in wave if file[:2] in {"w-", "b-"}]
    assert 2 <= len(words) <= 4
    assert len(list(folder.glob("[wb]-*.bin"))) > 10


@pytest.mark.parametrize(
    ("typed", "meant"), [("olw", "owl"), ("mic", "mice"), ("owk", "owl"), ("wrne", "wren")]
)
def test_words_of_three_and_four_letters_are_mended(tmp_path, typed, meant):
    papers = [Paper(id="a", title="An Owl at Night"), Paper(id="b", title="A Wren"), Paper(id="c", title="Of Mice")]  # fmt: skip
    answer = ask(build_folder(papers, tmp_path), typed)
    assert [card["title"].lower().split()[-1 if meant != "owl" else 1] for card in answer["cards"]] == [meant]
    if typed != "mic":  # with which the word begins
        assert answer["mended"] == [{"from": typed, "to": meant}]


def test_one_slip_in_one_of_two_words_is_mended(tmp_path):
    papers = [Paper(id="a", title="Owl Night"), Paper(id="b", title="Night Train"), Paper(id="c", title="Owl Song")]  # fmt: skip
    folder = build_folder(papers, tmp_path)
    for query in ("owl nigt", "olw night", "owl ngiht", "owwl night"):
        assert ask(folder, query)["cards"][0]["id"] == "a", query


def test_words_of_every_script_are_kept_with_their_stems():
    counted = [("häuser", "häuser", 2), ("models", "model", 3), ("模型", "模型", 1), ("2024", "2024", 9), ("𝒜b", "𝒜b", 1)]  # fmt: skip
    spellings = pack_spellings(counted)
    assert [first for first, _ in spellings.forwards] == [""]
    assert spellings.forwards[0][1].decode() == "häuser 2\nmodels 3 model\n模型 1\n𝒜b 1"
    assert spellings.backwards[0][1].decode() == "b𝒜 1\nresuäh 2\nsledom 3 model\n型模 1"
    assert spellings.short.decode() == "模型 1\n𝒜b 1"


@pytest.mark.parametrize(
    ("one", "two"), [("", "a"), ("ab", "abc"), ("language", "lantern"), ("a", "b"), ("𝒜", "𝒜b")]
)
def test_what_divides_two_texts_sorts_between_them(one, two):
    cut = cut_between(one, two)
    assert one < cut <= two
    assert two.startswith(cut)


def test_blocks_are_asked_for_side_by_side_and_small_parts_are_in_the_manifest(tmp_path):
    papers = [Paper(id=f"p{n}", title=f"Owl{n} wren{n} forest", summary=f"word{n} " * 3, added="2025-01-01") for n in range(600)]  # fmt: skip
    folder = build_folder(papers, tmp_path, meaning=True)
    answer = load(folder, "owl7 wren300 word500", meaning=False, soon=True)
    first, blocks, *rest = answer["files"]
    assert first == ["manifest.json"]
    assert len(blocks) > 3
    assert all(file.startswith("t-") for file in blocks)
    assert all(file.startswith("p-") for wave in rest for file in wave if file[0] not in "vc")
    loaded = [file for wave in [*answer["files"], *answer["later"]] for file in wave]
    assert len(loaded) == len(set(loaded))
    assert any(file.startswith("c-") for file in loaded)
    assert not [file for file in loaded if file[:2] in {"lx", "cx", "mx", "ox"}]


def test_a_large_part_has_a_file_of_its_own(tmp_path, monkeypatch):
    papers = [Paper(id=f"p{n}", title=f"Owl {n}", added="2025-01-01") for n in range(30)]
    monkeypatch.setattr("generator.search.index._INSIDE", 20)
    folder = build_folder(papers, tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert f"ox-{manifest['orders']}.bin" not in manifest["inside"]
    assert (folder / f"ox-{manifest['orders']}.bin").is_file()
    assert len(ask(folder, "owl", sort="oldest")["documents"]) == 30


def test_every_name_in_a_manifest_is_a_file_or_a_part(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    held = {path.name for path in folder.iterdir()} | set(manifest["inside"])
    kinds = {"lengths": "lx", "columns": "cx", "orders": "ox"}
    assert {f"{kind}-{manifest[key]}.bin" for key, kind in kinds.items()} <= held
