"""The map: the same everywhere, nobody moves, and who comes late is beside what it is related to."""

import math
import os
import shutil
import sys

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, papershelf, run

from generator.cli import main
from generator.corpus import read_papers
from generator.map.layout import lay_out
from generator.map.placement import place_beside, step_aside
from generator.model import MAP_SIDE, MapPosition, Paper, Related
from generator.pipeline import load_content
from generator.project import Project
from generator.records.positions import FILE, load_positions, render_positions
from generator.related.nearest import find_related

CONTENT = ROOT / "content"
BIRDS = ["owl", "wren", "robin", "sparrow"]
PLACES = ["river", "forest", "harbour", "street"]


def invent(number):
    texts = {f"p{n:03}": f"{BIRDS[n % 4]} {BIRDS[n % 3]} at the {PLACES[n % 4]} {PLACES[n % 2]}" for n in range(number)}  # fmt: skip
    return {key: Paper(id=key, title=text, summary=f"{text} {int(key[1:]) % 7}x") for key, text in texts.items()}  # fmt: skip


def spread(papers):
    return lay_out(list(papers), read_papers(papers.values()))


@pytest.fixture
def content(tmp_path):
    their_papers_may_go = shutil.ignore_patterns("digests", "names.yml", "overviews", "paths.yml")
    shutil.copytree(CONTENT, tmp_path / "content", ignore=their_papers_may_go)
    return tmp_path / "content"


def invoke(*arguments):
    return CliRunner().invoke(main, ["map", *map(str, arguments)])


def test_the_map_is_the_same_with_any_number_of_threads_and_any_hash_seed(content):
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PYTHONHASHSEED")
    for path in sorted((content / "papers").iterdir())[60:]:
        path.unlink()
    made = []
    for threads, kernel in (("1", "Prescott"), ("2", "Haswell")):
        env = {**os.environ, **dict.fromkeys(names, threads), "OPENBLAS_CORETYPE": kernel}
        result = run("generator", "map", "--afresh", "--content", content, env=env)
        assert result.returncode == 0, result.stderr
        made.append((content / FILE).read_bytes())
    assert made[0] == made[1]
    assert made[0].count(b"\n") == len(list((content / "papers").iterdir())) + 1


def test_the_order_of_files_makes_no_difference_and_nobody_stands_on_another():
    papers = invent(60)
    map_positions = spread(papers)
    assert map_positions.keys() == papers.keys()
    assert len(set(map_positions.values())) == len(papers)
    assert all(0 <= at <= MAP_SIDE for spot in map_positions.values() for at in (spot.x, spot.y))


@pytest.mark.parametrize("number", range(9))
def test_a_shelf_of_few_papers_has_a_map_too(number):
    papers = invent(number)
    assert spread(papers).keys() <= papers.keys()


def test_related_papers_stand_near_each_other_on_the_projects_own_map():
    shelf, _, _ = load_content(CONTENT)
    related = find_related(shelf.papers, number=5)
    near = [
        far(shelf.map_positions[key], shelf.map_positions[r.paper])
        for key in shelf.map_positions
        for r in related[key]
    ]
    keys = sorted(shelf.map_positions)
    any_two = [
        far(shelf.map_positions[a], shelf.map_positions[b])
        for a, b in zip(keys, keys[101:] + keys[:101], strict=True)
    ]
    assert median(near) < median(any_two) / 2


def far(one, other):
    return math.dist((one.x, one.y), (other.x, other.y))


def median(values):
    return sorted(values)[len(values) // 2]


def test_nobody_moves_when_papers_come_late_and_those_stand_near_their_neighbours(content):
    shelf, _, _ = load_content(content)
    late = [*shelf.papers][::9]
    kept = {key: spot for key, spot in shelf.map_positions.items() if key not in late}
    (content / FILE).write_text(render_positions(kept))
    result = invoke("--content", content)
    assert result.exit_code == 0, result.output
    assert f"{len(late)} placed now" in result.output
    map_positions, _ = load_positions(content, shelf.papers)
    assert {key: map_positions[key] for key in kept} == kept
    assert len(set(map_positions.values())) == len(map_positions) == len(shelf.papers)
    related = Project(content).find_related(5)
    near = {key: [map_positions[r.paper] for r in related[key] if r.paper in kept] for key in late}
    assert sum(map(bool, near.values())) >= len(late) - 2  # all that are related to one may be as late
    for key, nearest in near.items():
        if not nearest:
            continue
        box = [(min(getattr(s, axis) for s in nearest), max(getattr(s, axis) for s in nearest)) for axis in ("x", "y")]  # fmt: skip
        for at, (low, high) in zip((map_positions[key].x, map_positions[key].y), box, strict=True):
            assert low - 100 <= at <= high + 100, key


def test_late_papers_and_second_runs_need_no_heavy_library_and_the_first_map_says_what_is_missing(
    content, monkeypatch
):
    monkeypatch.setitem(sys.modules, "sklearn.manifold", None)
    before = (content / FILE).read_text()
    (content / "papers" / "late-owls.yml").write_text("title: Late Owls\nsummary: Video captions of owls.\n")
    result = invoke("--content", content)
    assert result.exit_code == 0, result.output
    assert set(before.splitlines()) < set((content / FILE).read_text().splitlines())
    (content / FILE).unlink()
    result = invoke("--content", content)
    assert result.exit_code == 2
    assert "pip install 'papershelf[map]'" in result.output
    assert not (content / FILE).exists()


def test_a_paper_that_left_loses_its_line_and_a_file_without_a_change_is_not_written(content):
    stamp = (content / FILE).stat().st_mtime_ns
    assert "is unchanged" in invoke("--content", content).output
    assert (content / FILE).stat().st_mtime_ns == stamp
    gone = max((content / "papers").glob("*.yml"))
    gone.unlink()
    assert gone.stem in (content / FILE).read_text()
    result = papershelf("check", "--strict", "--content", content)
    assert f"map.csv:308: note [unknown-paper] '{gone.stem}' is not on the shelf" in result.stderr
    invoke("--content", content)
    assert gone.stem not in (content / FILE).read_text()


def test_every_fault_of_the_file_is_named_with_its_line(shelf_on_disk):
    text = "id,x,y\nowls,1,2\nowls,3,4\nwrens,5\nmice,one,2\nmice,1,20000\nmice,-1,2\nbats,1,2\n\nid,x,y\nwrens,7,8\n"
    content = shelf_on_disk({FILE: text})
    map_positions, problems = load_positions(content, {"owls", "wrens", "mice"})
    assert map_positions == {"owls": MapPosition(1, 2), "wrens": MapPosition(7, 8)}
    assert [(p.place.line, p.code) for p in problems] == [
        (3, "bad-position"),
        (4, "bad-position"),
        (5, "bad-position"),
        (6, "bad-position"),
        (7, "bad-position"),
        (8, "unknown-paper"),
        (10, "bad-position"),
    ]
    assert all(p.hint and p.place.file == FILE for p in problems)


def test_a_map_that_is_no_text_is_a_fault_and_no_map(shelf_on_disk):
    map_positions, problems = load_positions(shelf_on_disk({FILE: b"id,x,y\n\xff"}), {"owls"})
    assert (map_positions, [p.code for p in problems]) == ({}, ["unreadable-file"])


keys = st.integers(0, 11).map(lambda n: f"p{n:02}")
spot = st.builds(MapPosition, st.integers(0, MAP_SIDE), st.integers(0, MAP_SIDE))


@given(st.dictionaries(keys, spot, min_size=1), st.dictionaries(keys, st.lists(st.tuples(keys, st.integers(1, 10**6)), max_size=6)))  # fmt: skip
def test_whatever_comes_late_nobody_moves_and_all_stand_on_the_map(map_positions, near):
    papers = [f"p{n:02}" for n in range(12)]
    related = {
        key: [Related(paper=other, terms=(), weight=w) for other, w in near.get(key, ()) if other != key]
        for key in papers
    }
    placed = place_beside(map_positions, papers, related)
    assert {key: placed[key] for key in map_positions} == map_positions
    assert all(0 <= at <= MAP_SIDE for s in placed.values() for at in (s.x, s.y))
    assert place_beside(map_positions, papers, related) == placed


def test_a_paper_without_related_ones_is_left_out():
    assert place_beside({"a": MapPosition(1, 1)}, ["a", "b"], {"a": [], "b": []}) == {"a": MapPosition(1, 1)}


def test_a_place_that_is_taken_is_left_to_whoever_has_it():
    taken = {step_aside("owls", MapPosition(500, 500), set())}
    assert step_aside("owls", MapPosition(500, 500), taken) not in taken
