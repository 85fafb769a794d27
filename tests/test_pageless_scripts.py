"""Scripts that need no page: queries, addresses, the camera and the grid of the map, desks and their words."""

import json

import pytest
from search_support import ENGINE, run_node

SCRIPTS = ENGINE.parents[1]
START = f"const load = (path) => import(`{SCRIPTS.as_uri()}/${{path}}`);"
MAP = """
const { readPoints, inTopic, inOthers } = await load("map/points.js");
const points = readPoints({
  format: 1, side: 6400, numbering: "n", colours: [0], labels: [],
  topics: [["birds", "Birds", -1], ["owls", "Owls", 0], ["mice", "Mice", -1]],
  x: [100, 6300, 3200, -1, 150], y: [100, 6300, 3200, -1, 100], year: [0, 0, 0, 0, 0], of: [[0], [1], [2], [], [0, 2]],
});
"""
"""Five papers, one of which is not on the map."""
DESK = """
globalThis.addEventListener = () => {};
globalThis.document = { dispatchEvent() {} };
const { desk, readDesk } = await load("desk/desk.js");
"""
"""A desk whose browser keeps nothing."""


def run(code, question=None):
    """Return what some code returns that loads scripts."""
    return run_node(START + code, question)


@pytest.mark.parametrize(
    ("text", "clauses", "filters", "problems"),
    [
        ("owls mice", [("owls", False, False, ""), ("mice", False, False, "")], {}, 0),
        ('"barn owls" -mice', [("barn owls", True, False, ""), ("mice", False, True, "")], {}, 0),
        ("Title:owls", [("owls", False, False, "title")], {}, 0),
        ("year:2020..2022 -kind:Survey", [], {"year": ["2020..2022"], "-kind": ["survey"]}, 0),
        ("“barn owls”", [("barn owls", True, False, "")], {}, 0),
        ("doi:10.1/a", [("doi:10.1/a", False, False, "")], {}, 0),
        ("colour:red", [("colour red", False, False, "")], {}, 1),
        ('"barn owls', [("barn owls", True, False, "")], {}, 1),
        ("topic:", [], {}, 1),
        ("owls !", [("owls", False, False, "")], {}, 1),
        ("", [], {}, 0),
    ],
)
def test_a_query_is_read(text, clauses, filters, problems):
    code = 'return (await load("search/query.js")).parseQuery(question, new Map(["topic", "year", "kind", "venue"].map((id) => [id, id])))'
    found = run(code, text)
    names = ("text", "phrase", "not", "field")
    assert found["clauses"] == [dict(zip(names, clause, strict=True)) for clause in clauses]
    assert (found["filters"], len(found["problems"])) == (filters, problems)


def test_filters_become_values_of_the_index():
    code = """
const problems = [];
const { listFacets, settleFilters } = await load("search/facets.js");
const facets = listFacets({ facets: question.facets }, question.columns, {});
return [settleFilters(question.filters, facets, problems), problems];
"""
    facets = [["topic", "Topic", True], ["year", "Year", False], ["kind", "Kind", False]]
    columns = {
        "topic": {"values": [["owls", "Barn Owls"], ["mice", "Mice"]], "numbers": []},
        "year": {"values": [["2021"]], "numbers": []},
        "kind": {"values": [["paper"], ["survey"]], "numbers": []},
    }
    filters = {
        "topic": ["barn", "voles"],
        "-kind": ["SURVEY"],
        "year": ["2022..2020", "late"],
        "size": ["large"],
    }
    settled, problems = run(code, {"filters": filters, "facets": facets, "columns": columns})
    assert settled == {"topic": ["owls"], "-kind": ["survey"], "year": ["2020..2022"]}
    assert ["voles" in problems[0], "2022 to 2020" in problems[1], "late" in problems[2]] == [True] * 3


def test_the_state_of_the_search_survives_its_address():
    code = """
globalThis.location = { pathname: "/search/" };
const { addressOf, listChosen, readState, toggle, toggleEvery } = await load("search/state.js");
const given = readState("?q=owls&topic=birds&every=has&every=year&sort=newest&meaning=off&size=large");
const state = toggleEvery(toggleEvery(toggle(given, "year", "2020"), "topic"), "has");
const address = addressOf(state);
return [address, readState(address.split("?")[1]), state, listChosen(toggle(state, "topic", "birds")), addressOf(readState("?sort=odd"))];
"""
    address, again, state, chosen, plain = run(code)
    assert (
        address
        == "/search/?q=owls&topic=birds&size=large&year=2020&every=year&every=topic&meaning=off&sort=newest"
    )
    assert again == state
    assert chosen == [["size", "large"], ["year", "2020"]]
    assert plain == "/search/"


def test_all_values_of_a_facet_can_be_asked_for_and_counts_say_what_each_adds():
    code = """
const { applyFilters, listFacets } = await load("search/facets.js");
const columns = {
  topic: { values: [["owls"], ["mice"], ["maps"]], numbers: [[0], [0, 1], [0, 1, 2], [2]] },
  has: { values: [["code"]], numbers: [[], [], [0], []] },
  kind: { values: [["paper"], ["survey"]], numbers: [1, 1, 2, 0] },
};
const facets = listFacets({ facets: [["topic", "Topic", true], ["has", "Has", true], ["kind", "Kind", false]] }, columns, {});
return [[], ["topic", "kind", "size"]].map((every) => {
  const { passed, counts } = applyFilters([0, 1, 2, 3], { topic: ["owls", "mice"] }, facets, every);
  return [passed, Object.fromEntries(counts.topic), Object.fromEntries(counts.has)];
});
"""
    one, every = run(code)
    assert one == [[0, 1, 2], {"owls": 3, "mice": 2, "maps": 2}, {"code": 1}]
    assert every == [[1, 2], {"owls": 2, "mice": 2, "maps": 1}, {"code": 1}]


@pytest.mark.parametrize(
    ("one", "two", "edits"),
    [("owl", "owl", 0), ("owl", "olw", 1), ("owls", "owl", 1), ("barn", "born", 1), ("owl", "mice", 3)],
)
def test_edits_between_words_are_counted_up_to_a_limit(one, two, edits):
    code = 'return (await load("search/typos.js")).distance(...question, 2)'
    assert run(code, [one, two]) == edits


def test_the_camera_leads_from_the_map_to_the_screen_and_back():
    code = """
const { Camera } = await load("map/camera.js");
const camera = new Camera(points);
camera.resize(800, 600);
const ends = [camera.toScreen(100, 100), camera.toScreen(6300, 6300)];
const fixed = [200, 150];
const before = camera.toMap(...fixed);
camera.view = camera.zoomed(3, ...fixed);
const after = camera.toMap(...fixed);
const back = camera.toMap(...camera.toScreen(1234, 567));
const far = camera.within({ x: -9999, y: 99999, zoom: 99 });
camera.view = camera.zoomed(0.01);
return { ends, before, after, back, far, whole: [camera.isWhole, camera.view] };
"""
    found = run(MAP + code)
    assert all(
        34 <= value <= size - 34 for end in found["ends"] for value, size in zip(end, (800, 600), strict=True)
    )
    assert found["after"] == pytest.approx(found["before"])
    assert found["back"] == pytest.approx([1234, 567])
    assert found["far"] == {"x": 100, "y": 6300, "zoom": 40}
    assert found["whole"] == [True, {"x": 3200, "y": 3200, "zoom": 1}]


def test_the_grid_finds_papers_by_their_place():
    code = """
const { Camera } = await load("map/camera.js");
const { Grid } = await load("map/grid.js");
const camera = new Camera(points);
camera.resize(800, 800);
const grid = new Grid(points);
const at = camera.toScreen(120, 100);
return {
  all: grid.within(0, 0, 6400, 6400), corner: grid.within(0, 0, 150, 100),
  nearest: [grid.nearest(camera, ...at, 20, () => true), grid.nearest(camera, ...at, 20, (n) => n !== 0), grid.nearest(camera, 300, 10, 5, () => true)],
  enclosed: grid.enclosed([[0, 0], [220, 0], [0, 220]]), seen: grid.inView(camera),
};
"""
    found = run(MAP + code)
    assert (sorted(found["all"]), sorted(found["corner"])) == ([0, 1, 2, 4], [0, 4])
    assert found["nearest"] == [0, 4, -1]
    assert found["enclosed"] == [0]
    assert found["seen"] == [0, 4, 2, 1]


def test_what_is_chosen_on_the_map_is_what_every_choice_has():
    code = """
const { Choice, OTHERS } = await load("map/choice.js");
const choice = new Choice(points);
const seen = [];
const note = () => seen.push([choice.topicName, choice.documents, [0, 1].map((n) => choice.has(n))]);
choice.toggle(0); note();
choice.found = [4, 3, 1]; choice.settle(); note();
choice.toggle(OTHERS); note();
choice.clear(); note();
return seen;
"""
    assert run(MAP + code) == [
        ["Birds", [4, 1, 0], [True, True]],
        ["Birds", [4, 1], [False, True]],
        ["Other topics", [], [False, False]],
        ["", [], [True, True]],
    ]


def test_long_names_on_the_map_take_two_lines_of_about_one_length():
    code = 'return question.map((await load("map/labels.js")).breakName)'
    names = ["Owls", "Owls and mice", "Barn owls and field mice", "Electroencephalography"]
    assert run(code, names) == [[names[0]], [names[1]], ["Barn owls and", "field mice"], [names[3]]]


NAMES = """
const { Camera } = await load("map/camera.js");
const { chooseNames } = await load("map/labels.js");
const side = 7;
const x = [0, 6400], y = [0, 6400];
for (let n = 0; n < side * side; n += 1) { x.push(3000 + 60 * (n % side)); y.push(3000 + 60 * Math.floor(n / side)); }
const crowded = { x, y, placed: x.map((_, n) => n), labels: [{ topic: 0, x: 3180, y: 3180, papers: 49 }], topics: [{ name: "Birds", parent: -1 }] };
const name = (view) => {
  const camera = new Camera(crowded);
  camera.resize(900, 900);
  camera.view = { ...camera.view, ...view };
  const [one] = chooseNames(crowded, camera, (text, size) => 0.5 * size * text.length, -1, [0, 0, 0, 0], 4);
  const inside = (n) => { const [px, py] = camera.toScreen(x[n], y[n]); return Math.abs(px - one.x) < 24 && Math.abs(py - one.y) < 12; };
  const [cx, cy] = camera.toScreen(3180, 3180);
  return { covered: crowded.placed.filter(inside).length, far: Math.hypot(one.x - cx, one.y - cy), by: [one.x - cx, one.y - cy] };
};
"""


def test_names_on_the_map_stand_beside_points_and_stay_there_while_it_is_dragged():
    found = run(NAMES + "return [3100, 3117.3, 3149.9, 3183].map((x) => name({ x, y: x - 40 }))")
    for one in found:
        assert one["covered"] == 0
        assert 24 < one["far"] <= 84
        assert one["by"] == pytest.approx(found[0]["by"], abs=0.01)


def test_points_in_a_box_are_counted_to_a_cell():
    code = """
const { Camera } = await load("map/camera.js");
const { countPoints } = await load("map/crowd.js");
const camera = new Camera(points);
camera.resize(800, 600);
return [[0, 0], [123.4, -77.7]].map(([dx, dy]) => {
  camera.view = { ...camera.whole, x: camera.whole.x + dx, y: camera.whole.y + dy };
  const count = countPoints(points, camera);
  const around = (n, r) => { const [x, y] = camera.toScreen(points.x[n], points.y[n]); return count([x - r, y - r, x + r, y + r]); };
  return [count([0, 0, 800, 600]), count([-500, -500, 5000, 5000]), count([5, 5, 5, 5]), around(1, 1), around(2, 3), around(0, 40)];
});
"""
    assert run(MAP + code) == [[4, 4, 0, 1, 1, 2], [4, 4, 0, 1, 1, 2]]


def test_the_state_of_the_map_survives_its_address():
    code = """
globalThis.location = { pathname: "/map/" };
const { addressOf, readState } = await load("map/address.js");
return question.map((query) => addressOf(readState(query)));
"""
    asked = ["?q=owls&topic=birds&view=1,-2,3.5", "?view=1,2", "?view=1,2,x", ""]
    assert run(code, asked) == ["/map/" + asked[0], "/map/", "/map/", "/map/"]


def test_a_desk_is_read_and_what_is_none_is_counted():
    code = "return [readDesk(question), desk.kept]"
    text = {
        "format": 1,
        "papers": {
            "owls": {"title": "Owls", "saved": "2025-01-01", "read": 1, "odd": "x"},
            "Not An Id": {"title": "No"},
            "mice": None,
        },
        "lists": {"Night": ["owls", "owls", "../up"], " ": ["owls"]},
        "compare": ["a", "b", "c", "d", "e", "f"],
    }
    found, kept = run(DESK + code, json.dumps(text))
    assert found["state"]["papers"] == {"owls": {"title": "Owls", "saved": "2025-01-01"}}
    assert found["state"]["lists"] == {"Night": ["owls"]}
    assert (found["state"]["compare"], found["refused"], kept) == (["a", "b", "c", "d", "e"], 3, False)


def test_two_desks_become_one_without_a_loss():
    code = """
const { mergeDesks } = await load("desk/merge.js");
const [into, from] = question;
mergeDesks(into, from);
return into;
"""
    into = {
        "papers": {"owls": {"title": "", "note": "Night"}, "mice": {"title": "Mice", "read": "1"}},
        "lists": {"A": ["owls"]},
    }
    other = {
        "papers": {
            "owls": {"title": "Owls", "note": "Birds", "saved": "2"},
            "mice": {"title": "Other", "read": "9", "note": "x"},
        },
        "lists": {"A": ["mice", "owls"], "B": ["mice"]},
    }
    assert run(DESK + code, [into, other]) == {
        "papers": {
            "owls": {"title": "Owls", "note": "Night\n\nBirds", "saved": "2"},
            "mice": {"title": "Mice", "read": "1", "note": "x"},
        },
        "lists": {"A": ["owls", "mice"], "B": ["mice"]},
    }


def test_marks_follow_papers_to_their_new_ids():
    code = """
const { follow } = await load("desk/merge.js");
desk.mark("old", "Owls", "saved", "2025-01-01");
desk.mark("new", "", "read", "2025-02-02");
desk.list("Night", ["old", "new"], true);
follow(new Map([["old", "new"]]));
const { papers, lists } = structuredClone(desk.state);
desk.change((state) => Object.assign(state, { papers: {}, lists: {} }));
return { papers, lists };
"""
    assert run(DESK + code) == {
        "papers": {"new": {"title": "Owls", "saved": "2025-01-01", "read": "2025-02-02"}},
        "lists": {"Night": ["new"]},
    }


def test_a_list_in_an_address_has_only_ids():
    code = 'return question.map((await load("desk/share.js")).readShared)'
    asked = ["#list=Night&papers=owls+mice+../up", "#papers=owls", "#list=Night&papers=", ""]
    assert run(DESK + code, asked) == [
        {"name": "Night", "ids": ["owls", "mice"]},
        {"name": "Shared list", "ids": ["owls"]},
        None,
        None,
    ]


def test_papers_side_by_side_share_words_and_have_their_own():
    code = """
const { compareTerms } = await load("desk/terms.js");
const documents = { owl: 2, mous: 50, night: 4, day: 4 };
const engine = { manifest: { papers: 100 }, store: { term: async (word) => documents[word] && { documents: documents[word] } } };
return compareTerms(question, engine, 3);
"""
    papers = [
        {"title": "Owls at night", "summary": "The owl and the mouse."},
        {"title": "Owls by day", "summary": "Mice and 2024 unknowns."},
    ]
    assert run(code, papers) == {"shared": ["owls"], "own": [["night", "mouse"], ["day"]]}
