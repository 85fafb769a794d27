"""Tables as databases and reference managers write them: their headers, what is above these, names, dates and placeholders."""

import pytest

from generator.formats.csv.authors import split_authors
from generator.formats.csv.layout import has_title_column
from generator.formats.csv.read import import_csv
from generator.formats.detect import detect_format
from generator.formats.values import TextFile

SCOPUS = (
    '"Authors","Author full names","Author(s) ID","Title","Year","Source title","Volume","Issue","Art. No.","Page start","Page end","Page count","Cited by","DOI","Link","Abstract","Author Keywords","Index Keywords","Editors","Publisher","ISSN","ISBN","Language of Original Document","Document Type","Publication Stage","Open Access","Source","EID"\n'
    '"Owl J.; Wren B.A.","Owl, Jane (5720); Wren, Bob A. (123)","5720; 123","Nests of <i>Strix</i> &amp; friends","2021","Journal of Nests","3","2","","11","19","9","4","10.1000/nest.1","https://scopus.example.com/1","[No abstract available]","nest; owl","","Dove A.; Lark C.","Nest Press","1234-5678","","English","Article","Final","","Scopus","2-s2.0-1"\n'
)
WOS = (
    "Publication Type\tAuthors\tBook Authors\tBook Editors\tAuthor Full Names\tArticle Title\tSource Title\tLanguage\tAbstract\tAuthor Keywords\tPublisher\tISBN\tPublication Date\tPublication Year\tVolume\tIssue\tStart Page\tEnd Page\tArticle Number\tDOI\tUT (Unique WOS ID)\n"
    "J\tOwl, J; Wren, BA\t\t\tOwl, Jane; Wren, Bob A.\tNests of Strix & friends\tJournal of Nests\tEnglish\tThey nest.\tnest; owl\tNest Press\t\tMAR 5\t2021\t3\t2\t11\t19\t\t10.1000/nest.1\tWOS:1\n"
)
WOS_CODES = "PT\tAU\tBA\tAF\tTI\tSO\tLA\tDE\tAB\tPU\tPD\tPY\tVL\tIS\tBP\tEP\tDI\tUT\nJ\tOwl, J; Wren, BA\t\tOwl, Jane; Wren, Bob A.\tNests of Strix & friends\tJournal of Nests\tEnglish\tnest; owl\tThey nest.\tNest Press\tMAR 5\t2021\t3\t2\t11\t19\t10.1000/nest.1\tWOS:1\t\n"
DIMENSIONS = (
    '"About the data: Exported on Mar 5, 2022. Criteria: \'nest\' in title, and ""owl"" in abstract."\n'
    "Rank,Publication ID,DOI,PMID,PMCID,ISBN,Title,Abstract,Source title,Anthology title,Book editors,Publisher,MeSH terms,Publication date,PubYear,Publication date (online),Volume,Issue,Pagination,Open Access,Publication Type,Authors,Times cited,Dimensions URL\n"
    '1,pub.1,10.1000/nest.1,,,,Nests of Strix & friends,They nest.,Journal of Nests,,,Nest Press,Nests,2021-03-05,2021,,3,2,11-19,Closed,Article,"Owl, Jane; Wren, Bob A.",4,https://app.dimensions.example.com/pub.1\n'
)
IEEE = (
    '"Document Title",Authors,"Author Affiliations","Publication Title",Date Added To Xplore,"Publication Year","Volume","Issue","Start Page","End Page","Abstract","ISSN",ISBNs,"DOI",Funding Information,PDF Link,"Author Keywords","IEEE Terms","Mesh_Terms",Article Citation Count,"Reference Count","License","Online Date",Issue Date,"Meeting Date","Publisher",Document Identifier\n'
    '"Nests of Strix & friends","J. Owl; B. A. Wren","NA; NA","Journal of Nests","7 Apr 2021","2021","3","2","11","19","They nest.","1234-5678","","10.1000/nest.1","","https://xplore.example.org/1.pdf","nest;owl","","","4","9","","1 Feb 2021","5 Mar 2021","","Nest Press","Nest Journals"\n'
)
ACM = (
    '"type","id","author","editor","advisor","note","title","pages","article_no","num_pages","keywords","doi","journal","issue_date","volume","issue_no","description","month","year","issn","booktitle","acronym","edition","isbn","conf_loc","publisher","publisher_loc"\n'
    '"article","7","Jane  Owl and Bob A. Wren","","","","Nests of Strix & friends","11--19","","9","nest, owl","10.1000/nest.1","Journal of Nests","March 2021","3","2","","March","2021","1234-5678","","","","","","Nest Press","Nestham"\n'
)
ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","ISSN","DOI","Url","Abstract Note","Date","Date Added","Date Modified","Access Date","Pages","Num Pages","Issue","Volume","Publisher","Language","Library Catalog","Manual Tags","Automatic Tags","Editor"\n'
    '"AB12","journalArticle","2021","Owl, Jane; Wren, Bob A.","Nests of <i>Strix</i> &amp; friends","Journal of Nests","","1234-5678","10.1000/nest.1","https://nests.example.org/1","They nest.","2021-03-05","2022-01-01 10:00:00","2022-01-02 10:00:00","","11-19","","2","3","Nest Press","en","Owl library","nest; owl","",""\n'
)
EMBASE = (
    '"SEARCH QUERY"\n"(\'nest\'/exp OR owl) AND title, year"\n\n'
    '"Title","Original Non-English Title","Author Names","Author Addresses","Source","Source Title","Publication Year","Volume","Issue","First Page","Last Page","Date of Publication","Publication Type","ISSN","Abstract","Author Keywords","DOI","Full Text Link","Embase Link"\n'
    '"Nests of Strix & friends","","Owl J., Wren B.A.","","Journal of Nests (2021) 3:2 (11-19)","Journal of Nests","2021","3","2","11","19","5 Mar 2021","Article","1234-5678","They nest.","nest, owl","10.1000/nest.1","",""\n'
)
REFWORKS = (
    '"Reference Type","Authors, Primary","Title Primary","Periodical Full","Pub Year","Volume","Issue","Start Page","Other Pages","Abstract","DOI","Publisher"\n'
    '"Journal Article","Owl, Jane; Wren, Bob A.","Nests of Strix & friends","Journal of Nests","2021","3","2","11","19","They nest.","10.1000/nest.1","Nest Press"\n'
)
TABLES = {
    "scopus": SCOPUS, "wos": WOS, "wos-codes": WOS_CODES, "dimensions": DIMENSIONS, "ieee": IEEE, "acm": ACM, "zotero": ZOTERO, "embase": EMBASE, "refworks": REFWORKS,
}  # fmt: skip


def read(text):
    return import_csv([TextFile(name="birds.csv", text=text)], "")


def paper(text):
    (draft,) = read(text).drafts
    return draft.paper


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_of_databases_are_known(name):
    found = paper(TABLES[name])
    assert (found.title, found.venue) == ("Nests of Strix & friends", "Journal of Nests")
    assert (found.volume, found.issue, found.pages.replace("--", "-")) == ("3", "2", "11-19")
    assert found.published in {"2021", "2021-03", "2021-03-05"}
    assert found.links["doi"] == ("10.1000/nest.1",)
    assert len(found.authors) == 2
    assert detect_format("export.txt", TABLES[name]) == "csv"


def test_full_names_count_before_short_ones():
    for table in (SCOPUS, WOS, WOS_CODES):
        assert [a.name for a in paper(table).authors] == ["Owl, Jane", "Wren, Bob A."]


def test_scopus_has_editors_and_says_that_there_is_no_abstract():
    found = paper(SCOPUS)
    assert (found.abstract, found.editors) == ("", ("Dove A.", "Lark C."))
    assert found.sources[0].entry == "2-s2.0-1"


def test_a_month_and_day_apart_from_the_year_are_joined_with_it():
    assert paper(WOS).published == paper(WOS_CODES).published == "2021-03-05"
    assert paper("title,year,month,day\nOwls,2021,3,5\n").published == "2021-03-05"
    assert paper("title,year,month\nOwls,2021,03\n").published == "2021-03"
    assert paper("title,year,month\nOwls,2021,May\n").published == "2021-05"
    assert paper("title,year,month\nOwls,2021,17\n").extra == {"month": "17"}
    assert paper("title,month\nOwls,3\n").extra == {"month": "3"}


@pytest.mark.parametrize(("name", "lines"), [("dimensions", "1 line"), ("embase", "2 lines")])
def test_what_is_above_the_header_is_reported(name, lines):
    (problem,) = read(TABLES[name]).problems
    assert (problem.code, problem.severity, problem.place.line) == ("not-an-entry", "note", 1)
    assert f"{lines} above the header" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nTitle;Authors;Year\nNests;Jane Owl;2020\n",
        '"sep=;"\nTitle;Authors;Year\nNests;Jane Owl;2020\n',
        "\ufeffSEP=;\r\nTitle;Authors;Year\r\nNests;Jane Owl;2020\r\n".replace("\r", ""),
        "sep=\t\nTitle\tAuthors\tYear\nNests\tJane Owl\t2020\n",
        "sep=|\nTitle|Authors|Year\nNests|Jane Owl|2020\n",
    ],
)
def test_the_separator_may_be_named_before_the_header(text):
    batch = read(text)
    assert (batch.entries, batch.problems) == (1, ())
    found = batch.drafts[0]
    assert (found.paper.title, found.paper.published, found.place.line) == ("Nests", "2020", 3)
    assert has_title_column(text.lstrip("\ufeff"))


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("['Jane Owl', 'Bob Wren']", ("Jane Owl", "Bob Wren")),
        ('["Jane Owl","Bob Wren"]', ("Jane Owl", "Bob Wren")),
        ("['Jane Owl' 'Bob Wren']", ("Jane Owl", "Bob Wren")),
        ("['Owl, Jane', 'Wren, Bob']", ("Owl, Jane", "Wren, Bob")),
        ("[Jane Owl, Bob Wren]", ("Jane Owl", "Bob Wren")),
        ("[{'name': 'Jane Owl'}, {'name': 'Bob Wren'}]", ("Jane Owl", "Bob Wren")),
        ("山田太郎、鈴木花子", ("山田太郎", "鈴木花子")),
        ("山田太郎,鈴木花子", ("山田太郎", "鈴木花子")),
        ("山田太郎，鈴木花子", ("山田太郎", "鈴木花子")),
        ("김철수, 이영희", ("김철수", "이영희")),
        ("約翰·史密斯；鈴木花子", ("約翰·史密斯", "鈴木花子")),
        ("Jane Owl；Bob Wren", ("Jane Owl", "Bob Wren")),
        ("Jane Owl • Bob Wren", ("Jane Owl", "Bob Wren")),
        ("Jane Owl / Bob Wren", ("Jane Owl", "Bob Wren")),
        ("Owl, Jane; Wren, Bob & Dove, Al", ("Owl, Jane", "Wren, Bob", "Dove, Al")),
        ("Jane Owl; Bob Wren and Al Dove", ("Jane Owl", "Bob Wren", "Al Dove")),
        ("Jane Owl; Department of Owls and Wrens", ("Jane Owl", "Department of Owls and Wrens")),
        ("Owl, Jane (5720); Wren, Bob A. (123)", ("Owl, Jane", "Wren, Bob A.")),
        ("Owl, J., Wren, B., Dove, A.L.", ("Owl, J.", "Wren, B.", "Dove, A.L.")),
        ("Owl, J., Wren, B., & Dove, A. L.", ("Owl, J.", "Wren, B.", "Dove, A. L.")),
        ("[No author name available]", ()),
        ("[Anonymous]", ()),
        ("山田太郎等", None),
    ],
)
def test_lists_of_programs_and_other_separators_are_read(cell, names):
    assert split_authors(cell, family_first=False) == names


@pytest.mark.parametrize(
    "said",
    ["[No abstract available]", "No abstract available.", "Abstract not available", "N/A", "n.a.", "#N/A", "None", "[]", "NaN", "—", "not provided"],
)  # fmt: skip
def test_words_for_nothing_are_no_facts(said):
    found = paper(f'title,abstract,authors,venue,colour\nOwls,"{said}","{said}","{said}","{said}"\n')
    assert (found.abstract, found.authors, found.venue, found.extra) == ("", (), "", {})


def test_a_column_with_other_people_is_kept():
    found = paper('title,authors,author full names\nOwls,"Owl, J.; Wren, B.","Owl, Jane"\n')
    assert [a.name for a in found.authors] == ["Owl, J.", "Wren, B."]
    assert found.extra == {"author full names": "Owl, Jane"}


@pytest.mark.parametrize(
    ("said", "date", "claim"),
    [
        ("03/05/2021", "2021", "03/05/2021"),
        ("25/05/2021", "2021-05-25", ""),
        ("5/25/2021", "2021-05-25", ""),
        ("03.05.2021", "2021", "03.05.2021"),
        ("Spring 2020", "2020", "Spring 2020"),
        ("2020年5月", "2020-05", ""),
        ("2020-05-03T10:20:30Z", "2020-05-03", ""),
        ("2019-2021", "", "2019-2021"),
        ("Mar-Apr 2020", "2020", "Mar-Apr 2020"),
        ("20200503", "2020-05-03", ""),
        ("last spring", "", "last spring"),
    ],
)
def test_what_is_certain_of_a_date_is_taken_and_the_rest_claimed(said, date, claim):
    found = paper(f"title,date\nOwls,{said}\n")
    assert (found.published, found.sources[0].claims.get("published", "")) == (date, claim)


def test_lists_of_one_text_and_of_links_are_unpacked():
    found = paper(
        "title,venue,url,keywords\n['Owls at Night'],['Birds'],\"['https://a.example/1', 'https://b.example/2']\",\"['owl' 'mouse']\"\n"
    )
    assert (found.title, found.venue) == ("Owls at Night", "Birds")
    assert found.links == {"page": ("https://a.example/1", "https://b.example/2")}


def test_html_is_no_part_of_an_address():
    found = paper("title,url\nA &amp; B,https://a.example/?x=1&amp;y=2\n")
    assert (found.title, found.links) == ("A & B", {"page": ("https://a.example/?x=1&amp;y=2",)})


def test_words_of_a_list_in_markdown_are_no_header():
    text = "# Owls\n\nEach line gives title, authors, year\n\n- [Owls](https://a.example/), 2020\n"
    assert detect_format("x", text) == "readme"


def test_a_name_behind_and_shows_the_order_of_the_others():
    assert split_authors("Jane Owl, Bob Wren & Al Dove", family_first=True) == (
        "Jane Owl",
        "Bob Wren",
        "Al Dove",
    )
    assert split_authors("Jane Owl, Bob Wren", family_first=True) is None


def test_blocks_of_html_leave_one_space():
    assert paper("title,abstract\nOwls,<p>One.</p><p>Two.</p>\n").abstract == "One. Two."


SIDEWAYS = """"SEARCH QUERY"
"('nest'/exp OR owl)"

"TITLE","Nests one"
"AUTHOR NAMES","Owl J.","Wren B.A."
"SOURCE TITLE","Journal of Nests"
"PUBLICATION YEAR","2021"
"ABSTRACT","They nest."
"DOI","10.1000/nest.1"

"TITLE","Nests two"
"AUTHOR NAMES","Dove A."
"PUBLICATION YEAR","2022"
"AUTHOR KEYWORDS","nest","owl"
"""


def test_a_table_on_its_side_has_a_paper_for_each_title():
    assert detect_format("embase.csv", SIDEWAYS) == "csv"
    batch = read(SIDEWAYS)
    one, two = (draft.paper for draft in batch.drafts)
    assert ([a.name for a in one.authors], one.venue, one.published) == (
        ["Owl J.", "Wren B.A."],
        "Journal of Nests",
        "2021",
    )
    assert (one.abstract, one.links) == ("They nest.", {"doi": ("10.1000/nest.1",)})
    assert (two.title, two.published, two.extra) == ("Nests two", "2022", {"AUTHOR KEYWORDS": "nest; owl"})
    assert [draft.place.line for draft in batch.drafts] == [4, 11]
    assert [(p.code, p.severity) for p in batch.problems] == [("not-an-entry", "note")]


def test_a_table_on_its_side_that_is_torn_is_an_error():
    batch = read(SIDEWAYS + '"ABSTRACT","They ne')
    assert [draft.paper.title for draft in batch.drafts] == ["Nests one"]
    assert [(p.code, p.place.line) for p in batch.problems] == [("not-an-entry", 1), ("cut-off", 11)]
