"""Columns of a table of papers: common headers and their fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import get_args

from rispy.config import WOK_TAG_KEY_MAPPING

from generator.fields import FIELDS
from generator.model import LinkKind
from generator.problems import Place, Problem, error, warning

LINK_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)
_SYNONYMS: Mapping[str, str] = MappingProxyType(
    {
        "entry": "uid id key paper_id paperid bibkey citation_key citekey eid ut_unique_wos_id publication_id accession_number #",
        **{name: row.headers for name, row in FIELDS.items() if row.headers},
        "link": "link links url urls paper_url paper_link landing_page full_text_link source_linkout external_url dimensions_url 论文链接 链接 论文地址 地址 连结 連結 リンク 링크 enlace enlaces lien liens",
        "arxiv": "arxiv arxiv_id arxiv_url arxiv_link eprint",
        "doi": "doi doi_link",
        "openreview": "openreview openreview_id openreview_url",
        "pdf": "pdf pdf_url pdf_link paper_pdf 原文 全文",
        "code": "code github repo repository code_url github_url code_link source_code codes official_code 代码 代码链接 代码地址 源码 开源代码 代碼 程式碼 コード 코드 código code_link_s",
        "data": "data dataset dataset_url data_url datasets 数据 数据集 資料集 データセット 데이터셋 datos daten",
        "model": "model model_url weights checkpoint",
        "demo": "demo demo_url",
        "project": "project project_page project_url website homepage 项目 项目主页 主页 項目 專案 プロジェクト 프로젝트 proyecto projekt projet homepage_s",
        "video": "video video_url youtube talk 视频 影片 動画 영상",
        "page": "page",
        "month": "month pub_month month_of_publication publication_month",
        "day": "day",
        "first_page": "first_page start_page page_start beginning_page",
        "last_page": "last_page end_page page_end ending_page other_pages",
        "article_number": "article_number article_no art_no",
    }
)
COLUMN_FIELDS: tuple[str, ...] = tuple(_SYNONYMS)
"""The fields to which a header can be mapped; `entry` is the paper's name in the table, `link` a URL of any kind."""
_BY_HEADER = {header: field for field, headers in _SYNONYMS.items() for header in headers.split()}
# The columns that identify our own export: a table with all of these is one.
_OWN = frozenset("id title authors author_count published venue kind status topics url summary".split())  # noqa: SIM905 (a list of words reads best as words)
_ADDRESS = re.compile(r"\s*https?://")
_CODES: Mapping[str, str] = {
    **WOK_TAG_KEY_MAPPING,
    "TI": "title",
    "DE": "author_keywords",
    "ID": "index_keywords",
}
"""The columns of the Web of Science's tab-separated files, which are the tags of its other files."""
_CODED = frozenset(["PT", "AU", "TI", "SO"])
TITLE_WORDS = frozenset(_SYNONYMS["title"].split())


def fold_header(header: str) -> str:
    """Return a header in lower case with words joined by underscores: `author_s` for `Author(s)`."""
    return re.sub(r"[^\w#]+", "_", header.strip().casefold()).strip("_")


def name_headers(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the headers of a table, with the Web of Science's codes replaced by words.

    >>> name_headers([" Title ", "Year"]), name_headers(["PT", "AU", "TI", "SO", "PY"])[2:]
    (('Title', 'Year'), ('title', 'publication_name', 'publication_year'))
    """
    said = tuple(cell.strip().lstrip("\ufeff") for cell in cells)
    return tuple(_CODES.get(header, header) for header in said) if _CODED.issubset(said) else said


def is_own_export(headers: Sequence[str]) -> bool:
    """Return whether a table has the columns of our own export."""
    return {header.strip() for header in headers} >= _OWN


def read_header(headers: Sequence[str], columns: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the field of each column, empty if it has none; `columns` overrides the usual meaning."""
    told = {fold_header(header): field for header, field in (columns or {}).items()}
    meanings = _BY_HEADER | ({"topics": "topics"} if is_own_export(headers) else {}) | told
    return tuple(meanings.get(fold_header(header), "") for header in headers)


def find_addresses(fields: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return the fields of columns after looking at their content: a title column with only URLs becomes a link column.

    >>> find_addresses(("title", "title"), [["Owls", "https://example.org/owls.pdf"]])
    ('title', 'link')
    """
    rows = list(rows)
    cells = [[row[n] for row in rows if n < len(row) and row[n]] for n in range(len(fields))]
    return tuple(
        "link" if field == "title" and column and all(map(_ADDRESS.match, column)) else field
        for field, column in zip(fields, cells, strict=True)
    )


def check_columns(columns: Mapping[str, str], headers: Sequence[str], place: Place) -> Iterator[Problem]:
    """Yield problems with the fields that the user assigned to columns, by header."""
    known = {fold_header(header) for header in headers}
    for header, field in columns.items():
        if field not in COLUMN_FIELDS:
            hint = f"use one of: {', '.join(COLUMN_FIELDS)}"
            yield error("unknown-field", f"{header}={field}: unknown field", place, hint)
        if fold_header(header) not in known:
            hint = f"the columns are: {', '.join(headers)}"
            yield warning("unknown-field", f"{header}={field}: unknown column", place, hint)
