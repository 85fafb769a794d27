"""Figures on pages: what a chart shows is what its table says, and hostile names do nothing."""

import markdown
import pytest
import yaml
from cmarkgfm import markdown_to_html
from cmarkgfm.cmark import Options
from selectolax.lexbor import LexborHTMLParser

from generator.labels.labels import load_labels
from generator.pages.parts.charts import build_chart, find_most, label_periods, share_of, thin_texts
from generator.pages.parts.templates import render_markdown
from generator.pipeline import build_site, plan_pages
from generator.settings import Settings
from generator.stats.timeline import MOST, build_scale, count_dates
from generator.stats.trends import build_topic_statistics

LABELS = load_labels()
NAME = "\"><script>x</script>\n\n# *a* </figure></table> `{{ b }}` & $c$ [d](e) 'f'"
ENGINES = {
    "mkdocs": lambda text: markdown.markdown(text, extensions=["toc", "tables", "fenced_code"]),
    "fast": lambda text: markdown_to_html(text, Options.CMARK_OPT_UNSAFE),
}


def plan(folder, papers, topics, **choices):
    (folder / "papers").mkdir()
    for key, facts in papers.items():
        (folder / "papers" / f"{key}.yml").write_text(yaml.safe_dump(facts))
    (folder / "topics.yml").write_text(yaml.safe_dump(topics))
    settings = Settings(content=folder, **choices)
    site = build_site(settings)[0]
    return {plan.path: plan for plan in plan_pages(site, settings)}


@pytest.fixture
def plans(tmp_path):
    """Thirty papers of three years, half of them on owls, a quarter on mice, and some without a date."""
    papers = {}
    for n in range(30):
        topics = [topic for topic, every in (("owls", 2), ("mice", 4)) if n % every == 0]
        dated = {"published": f"{2021 + n % 3}"} if n < 24 else {}
        papers[f"p{n}"] = {"title": f"Paper {n}", "topics": topics, **dated}
    topics = [{"id": "owls", "name": NAME}, {"id": "mice", "name": NAME + "2"}]
    return plan(tmp_path, papers, topics)


@pytest.fixture(params=ENGINES)
def render(request):
    return lambda plan: LexborHTMLParser(ENGINES[request.param](render_markdown(plan.make())))


def words(node):
    return " ".join(node.text().split())


def rows(table):
    return [[words(cell) for cell in row.css("th, td")] for row in table.css("tr")]


def test_hostile_names_are_shown_and_do_nothing(plans, render):
    for path in ("stats.md", "topics/owls.md"):
        tree = render(plans[path])
        assert tree.css("script, h1 *, em, code, math") == []
        assert tree.css("h1 ~ h1") == []
        statistics = tree.css(".ps-figure")
        assert statistics
        assert all(figure.parent.tag == "body" for figure in statistics)
        assert " ".join(NAME.split()) in words(tree.body)


def test_the_chart_of_years_shows_its_table(plans, render):
    figure = render(plans["stats.md"]).css_first("#papers-by-date-of-publication ~ figure, figure")
    assert rows(figure.css_first("table")) == [
        ["Year", "Papers", "Total so far"],
        ["2021", "8", "8"],
        ["2022", "8", "16"],
        ["2023", "8", "24"],
        ["Unknown", "6", ""],
    ]
    svg = figure.css_first("svg[role=img]")
    assert svg.attributes["aria-label"] == "No period has more than 8 papers"
    assert [words(text) for text in svg.css("text")] == ["8", "2021", "8", "2022", "8", "2023"]
    assert len({rect.attributes["height"] for rect in svg.css("rect")}) == 1
    assert "Not in the chart: 6 of 30 papers, which have no known publication date" in words(figure)


def test_topics_over_time_and_together(plans, render):
    tree = render(plans["stats.md"])
    assert "Too few dates are known" in words(tree.body)
    pairs = next(table for table in tree.css("table") if "chance" in words(table.css_first("caption")))
    name = " ".join(NAME.split())
    assert rows(pairs) == [
        ["Topics", "Both", "Expected", "Lift"],
        [f"{name}2 and {name}", "8", "4.0", "2.0 ×"],
    ]
    assert [rect.attributes["width"] for rect in pairs.css("rect")] == ["100%", "100%"]
    assert pairs.css_first("line").attributes["x1"] == "50%"


def test_a_topic_is_set_beside_the_whole_shelf(plans, render):
    figure = render(plans["topics/owls.md"]).css_first("figure")
    body = rows(figure.css_first("table"))
    assert body[0] == ["Published", "Papers", "Share", "Of all papers"]
    assert body[1:] == [["2021", "4", "33%", "33%"], ["2022", "4", "33%", "33%"], ["2023", "4", "33%", "33%"], ["Unknown", "3", "", ""]]  # fmt: skip
    assert "The date of 12 of 15 papers is known" in words(figure)
    assert len(figure.css("rect.ps-behind")) == 3


def test_a_topic_shows_its_papers_before_its_figure(plans, render):
    tree = render(plans["topics/owls.md"])
    order = [node.tag for node in tree.css("li .ps-facts, figure")]
    assert order == ["small"] * 15 + ["figure"]


def test_small_charts_show_the_six_topics_that_changed_most(tmp_path, render):
    """Of 20 papers of each year; a topic with nine papers has no chart however much it changed, but its row."""
    topics = {
        "a": (10, 10), "b": (4, 9), "c": (12, 3), "d": (2, 13), "e": (8, 5), "f": (9, 2), "g": (3, 16), "h": (6, 7), "few": (0, 9),
    }  # fmt: skip
    papers = {
        f"p{year}-{n}": {
            "title": f"P {n} of {year}",
            "published": str(year),
            "topics": [topic for topic, counts in topics.items() if n < counts[year - 2021]],
        }
        for year in (2021, 2022)
        for n in range(20)
    }
    tree = render(plan(tmp_path, papers, [{"id": topic, "name": topic} for topic in topics])["stats.md"])
    assert [words(link) for link in tree.css(".ps-small a")] == ["g", "d", "c", "f", "b", "e"]
    figure = tree.css_first("figure:has(.ps-small)")
    finding = "g: 15% of the papers from 2021, 80% of those from 2022"
    assert words(figure.css_first("figcaption")).startswith(f"{finding}. Shown are the topics")
    assert {row[0] for row in rows(figure.css_first("table"))[2:]} == set(topics)


def test_each_table_begins_with_its_finding(plans, render):
    text = words(render(plans["stats.md"]).body)
    name = " ".join(NAME.split())
    assert f"Most beyond chance: {name}2 and {name}, 8 papers where 4.0 would be expected." in text
    assert "Most common: Paper (30 papers, 100%)." in text
    assert "Known for more than half of the papers: 1 of 10 facts." in text


def test_blocks_have_no_blank_lines(plans):
    for path in ("stats.md", "topics/owls.md"):
        body = render_markdown(plans[path].make())
        for tag in ("figure", "div"):
            for part in body.split(f'\n<{tag} class="ps-figure')[1:]:
                assert "\n\n" not in part.split(f"\n</{tag}>\n\n")[0].strip()


@pytest.mark.parametrize(("pretty", "link"), [(True, "../topics/owls/"), (False, "topics/owls.html")])
def test_links_lead_to_pages_as_the_site_serves_them(tmp_path, pretty, link):
    papers = {
        f"p{n}": {"title": f"P {n}", "published": f"{2020 + n % 2}", "topics": ["owls"]} for n in range(20)
    }
    plans = plan(tmp_path, papers, [{"id": "owls", "name": "Owls"}], pretty_urls=pretty)
    tree = LexborHTMLParser(ENGINES["fast"](render_markdown(plans["stats.md"].make())))
    assert {a.attributes["href"] for a in tree.css("a") if a.text() == "Owls"} == {link}
    assert len(tree.css(".ps-small svg")) == 1


def test_a_shelf_without_any_date_has_a_page_of_figures(tmp_path, render):
    tree = render(plan(tmp_path, {"a": {"title": "A"}}, [])["stats.md"])
    assert tree.css("svg[role=img]") == []
    assert ["Date of publication", "0 of 1", "0%"] in [
        row for table in tree.css("table") for row in rows(table)
    ]


def test_the_figure_of_a_topic_stays_small(tmp_path):
    papers = {f"p{n}": {"title": f"P {n}", "published": f"{1950 + n}", "topics": ["owls"] if n % 2 else []} for n in range(70)}  # fmt: skip
    page = render_markdown(plan(tmp_path, papers, [{"id": "owls", "name": "Owls"}])["topics/owls.md"].make())
    figure = page[page.index("<figure") : page.index("</figure>")]
    assert figure.count("<rect") == 2 * MOST - 10
    assert len(figure.encode()) < 6_000


def test_texts_stand_only_where_there_is_room():
    assert thin_texts(LABELS, [0, 5, 12]) == ("", "5", "12")
    many = thin_texts(LABELS, [1000] * 11 + [2000] + [1000] * 10)
    assert [text for text in many if text] == ["2,000", "1,000"]
    assert many[11] == "2,000"
    scale = build_scale([str(year) for year in range(1950, 2021)])
    assert [label for label in label_periods(LABELS, scale) if label][::7] == ["≤ 1999", "2020"]
    months = build_scale(["2025-03", "2025-12"])
    assert [label for label in label_periods(LABELS, months) if label] == ["Mar ’25", "Jun ’25", "Sep ’25", "Dec ’25"]  # fmt: skip


def test_the_finding_is_said_in_words():
    def say(*dates):
        return find_most(LABELS, count_dates(dates, build_scale(dates)), "published")

    assert say("2024", "2025", "2025") == "Most papers, 2, are from 2025"
    assert say("2024", "2025") == "Most papers are from 2024 and 2025, 1 each"
    assert say("2023", "2024", "2025") == "No period has more than 1 paper"
    assert say("") == ""


def test_only_nothing_is_none_and_only_all_is_everything():
    assert [share_of(LABELS, n, 1000) for n in (0, 1, 10, 15, 500, 990, 999, 1000)] == [
        "0%", "under 1%", "1%", "2%", "50%", "99%", "over 99%", "100%",
    ]  # fmt: skip


def test_bars_are_as_tall_as_their_values():
    chart = build_chart("x", [0, 1, 2, 4], labels="abcd", texts="wxyz", behind=[4, 0, 0, 0])
    heights = [float(bar.box.height.rstrip("%")) if bar.box else 0 for bar in chart.bars]
    assert heights[0] == 0
    assert heights[3] == pytest.approx(4 * heights[1], abs=0.3)
    assert heights[3] == pytest.approx(2 * heights[2], abs=0.3)
    assert chart.bars[0].behind.height == chart.bars[3].box.height
    assert [bar.is_most for bar in chart.bars] == [False, False, False, True]


def test_a_topic_with_few_dates_has_no_figure():
    whole = count_dates(["2020", "2021"] * 9, build_scale(["2020", "2021"]))
    assert build_topic_statistics(LABELS, "x", count_dates(["2020"] * 9, whole.scale), whole) is None
    assert build_topic_statistics(LABELS, "x", count_dates(["2020"] * 10, whole.scale), whole) is not None
