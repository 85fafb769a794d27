"""Long lists: every paper once, a hundred a page, and a way between the pages."""

from hypothesis import given
from hypothesis import strategies as st

from generator.pages.parts.lists import cut_list
from generator.urls.routes import papers_path


@given(st.integers(0, 3000))
def test_every_paper_is_on_one_page(number):
    keys = [f"p{n}" for n in range(number)]
    pages = list(cut_list(keys, size=100, path=papers_path))
    assert [key for page in pages for key in page.keys] == keys
    assert all(len(page.keys) <= 100 for page in pages)
    assert all(len(page.pager.links) <= 9 for page in pages)


def test_the_pager_leads_to_neighbours_first_and_last():
    pages = list(cut_list([str(n) for n in range(1000)], size=100, path=papers_path))
    assert [link.name for link in pages[4].pager.links] == ["1", "…", "3", "4", "5", "6", "7", "…", "10"]
    assert (pages[0].pager.next, pages[1].pager.previous) == ("page/2.md", "../index.md")
