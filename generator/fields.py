"""The fields of a record: one row each, with everything that other modules need to know about a field."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from generator.limits import ABSTRACT, AUTHORS, CITATION_KEY, ITEMS, NOTE, SHORT, STATUS_NOTE, SUMMARY, TITLE
from generator.model import OwnField

MergeRule = Literal[
    "id", "key", "title", "abstract", "authors", "author_count", "published", "first", "publication", "links", "kind", "topics",
    "not_topics", "groups", "added", "status", "status_note", "superseded_by", "aliases", "featured", "sources", "extra",
]  # fmt: skip
"""The name of the rule that merges two values of a field; `generator/records/merge.py` has a function for each name.

Most fields have their own rule. `first` takes the value of the first description that has one. `publication` does
the same among descriptions of one venue, because page numbers in a journal do not apply to a preprint.
"""


class FieldRow(Struct, frozen=True, kw_only=True):
    """The properties of one field of a record."""

    merge: MergeRule
    meaning: str
    """The meaning of the field in one sentence, for the documentation and the JSON Schema."""
    example: str
    """An example of a value as written in a YAML record."""
    limit: int = 0
    """The maximum number of characters of a text or items of a list; 0 if the values have their own limits."""
    headers: str = ""
    """Table headers that mean this field, folded as in `formats/csv/columns.py`."""
    is_editorial: bool = False
    """Whether curators set the field. Its value never becomes a claim of a source when records are merged."""
    shown: OwnField | None = None
    """How readers meet a value for which no page has a place of its own: as a field that a shelf declares. Its type is `number`
    for `int | None`, `flag` for `bool`, `list` for `tuple[str, ...]`, and any type for a text."""


FIELDS: Mapping[str, FieldRow] = MappingProxyType(
    {
        "title": FieldRow(
            merge="title",
            meaning="The title; formulas are LaTeX between dollar signs.",
            example="Owls at Night",
            limit=TITLE,
            headers="title paper_title papertitle primary_title title_primary paper name paper_name document_title article_title "
            "论文标题 标题 论文题目 题目 论文名称 论文名 题名 標題 題目 論文標題 タイトル 論文タイトル 題名 제목 논문_제목 título titulo titre titel papers 论文 文章 論文 논문",
        ),
        "id": FieldRow(
            merge="id",
            meaning="The name of the record, of its file and of its page. It never changes.",
            example="owls-at-night",
            is_editorial=True,
        ),
        "key": FieldRow(
            merge="key",
            meaning="The citation key in BibTeX, RIS and CSL-JSON. Imports create one, which then never changes; without a key, the id is used.",
            example="doe2024owls",
            limit=CITATION_KEY,
        ),
        "summary": FieldRow(
            merge="first",
            meaning="What the paper is about, in the curators' words.",
            example="Owls find mice by hearing alone.",
            limit=SUMMARY,
            headers="summary tldr",
            is_editorial=True,
        ),
        "abstract": FieldRow(
            merge="abstract",
            meaning="The authors' abstract.",
            example="We show that owls hear mice under snow.",
            limit=ABSTRACT,
            headers="abstract abstract_note 摘要 要旨 초록 resumen résumé zusammenfassung",
        ),
        "authors": FieldRow(
            merge="authors",
            meaning="The authors in order, each as a name or with an ORCID; `literal: true` marks a name that has no parts, such as an organization.",
            example="[Jane Doe, {name: Max Wren, orcid: 0000-0002-1825-0097}, {name: World Bird Organization, literal: true}]",
            limit=AUTHORS,
            headers="authors author author_s author_names author_full_names author_full_name full_names full_author_names primary_authors authors_primary names creators "
            "作者 作者列表 论文作者 著者 저자 autores autor auteurs auteur autoren first_author 第一作者",
        ),
        "author_count": FieldRow(
            merge="author_count",
            meaning="The number of authors, if a source gives only the number and no names.",
            example="12",
            headers="author_count number_of_authors",
        ),
        "published": FieldRow(
            merge="published",
            meaning="The publication date, as precise as in the source: year, month or day.",
            example="2024-05",
            headers="published date year publication_date publication_year pub_year pubyear year_of_publication issue_date cover_date published_at posted release_date "
            "publish_date date_published published_date published_on pub_date publish_time published_time date_of_publication submitted submission_date submitted_date time years 日期 发布日期 发表日期 发布时间 发表时间 时间 年份 年 出版年 發布日期 時間 日付 発行日 公開日 年度 날짜 연도 fecha año jahr datum année",
        ),
        "venue": FieldRow(
            merge="publication",
            meaning="The journal, conference or other venue.",
            example="Journal of Owls",
            limit=SHORT,
            headers="venue journal conference booktitle publication pub publication_title publication_name source_title periodical_full anthology_title book_title journal_name venue_name "
            "conf journal_conference conference_journal venues published_in publisher_venue 会议 会议期刊 期刊 期刊会议 会议_期刊 期刊_会议 发表 发表会议 发表于 來源 来源 出处 會議 期刊會議 会議 学会 ジャーナル 학회 conferencia revista conférence revue konferenz zeitschrift",
        ),
        "venue_type": FieldRow(
            merge="publication",
            meaning="The type of the venue.",
            example="journal",
            headers="venue_type item_type publication_type reference_type",
        ),
        "volume": FieldRow(
            merge="publication",
            meaning="The volume of the journal or series.",
            example="12",
            limit=SHORT,
            headers="volume",
        ),
        "issue": FieldRow(
            merge="publication",
            meaning="The issue of the volume.",
            example="3",
            limit=SHORT,
            headers="issue issue_no issue_number",
        ),
        "pages": FieldRow(
            merge="publication",
            meaning="The pages, or the article number.",
            example="101-120",
            limit=SHORT,
            headers="pages page_range pagination",
        ),
        "editors": FieldRow(
            merge="publication",
            meaning="The editors of the volume, written like authors.",
            example="[Ann Lark, Bob Rook]",
            limit=AUTHORS,
            headers="editors editor book_editors book_editor",
        ),
        "publisher": FieldRow(
            merge="publication",
            meaning="The publisher.",
            example="Nest Press",
            limit=SHORT,
            headers="publisher",
        ),
        "isbn": FieldRow(
            merge="publication",
            meaning="The ISBN of the volume.",
            example="978-3-16-148410-0",
            limit=SHORT,
            headers="isbn isbns",
        ),
        "language": FieldRow(
            merge="first",
            meaning="The language of the paper, as a language code.",
            example="en",
            limit=SHORT,
            headers="language article_language language_of_original_document",
        ),
        "links": FieldRow(
            merge="links",
            meaning="Identifiers and URLs by kind; each kind can have several.",
            example="{doi: 10.1000/owls, code: [https://a.example/owls, https://b.example/owls]}",
        ),
        "kind": FieldRow(
            merge="kind",
            meaning="The kind of work.",
            example="survey",
            headers="kind",
            is_editorial=True,
        ),
        "topics": FieldRow(
            merge="topics",
            meaning="Topics assigned by curators, in addition to those that rules assign.",
            example="[hearing]",
            limit=ITEMS,
            is_editorial=True,
        ),
        "not_topics": FieldRow(
            merge="not_topics",
            meaning="Topics assigned by rules but rejected by curators.",
            example="[vision]",
            limit=ITEMS,
            is_editorial=True,
        ),
        "groups": FieldRow(
            merge="groups",
            meaning="Sections, keywords, tags and similar groups from the sources; topic rules can search them.",
            example="{sections: [Owls > Night], keywords: [hearing, mice]}",
        ),
        "added": FieldRow(
            merge="added",
            meaning="The date on which the paper was added to the shelf.",
            example="2024-06-01",
            is_editorial=True,
        ),
        "status": FieldRow(
            merge="status",
            meaning="Whether the paper is still valid.",
            example="withdrawn",
            headers="status",
            is_editorial=True,
        ),
        "status_note": FieldRow(
            merge="status_note",
            meaning="The reason for the status, shown on the paper's page.",
            example="Retracted by the journal.",
            limit=STATUS_NOTE,
            is_editorial=True,
        ),
        "superseded_by": FieldRow(
            merge="superseded_by",
            meaning="The id of the record that replaces this one.",
            example="owls-in-the-dark",
            limit=SHORT,
            is_editorial=True,
        ),
        "aliases": FieldRow(
            merge="aliases",
            meaning="Former ids; their URLs redirect to this record.",
            example="[owls]",
            limit=ITEMS,
            is_editorial=True,
        ),
        "featured": FieldRow(
            merge="featured",
            meaning="Whether the home page shows the paper.",
            example="true",
            is_editorial=True,
        ),
        "note": FieldRow(
            merge="first",
            meaning="A note by the curators, shown on the paper's page.",
            example="Start with section 3.",
            limit=NOTE,
            is_editorial=True,
        ),
        "image": FieldRow(
            merge="first",
            meaning="A picture from the paper, with its alternative text, licence and source; the file is below the content folder.",
            example="{file: figures/owls.png, alt: An owl above a mouse under snow., licence: CC BY 4.0, source: https://a.example/owls}",
            is_editorial=True,
        ),
        "sources": FieldRow(
            merge="sources",
            meaning="The sources of the facts; `claims` has values of a source that differ from the record.",
            example="[{name: arXiv, entry: 2301.00010, date: 2024-06-01}]",
            limit=ITEMS,
        ),
        "extra": FieldRow(
            merge="extra",
            meaning="Other facts to keep, by name.",
            example="{upvotes: 12}",
            limit=ITEMS,
        ),
    }
)
"""Every field of `Paper` in order. A test fails if a field is missing or its example cannot be read."""
