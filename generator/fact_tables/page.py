"""The pages of fact tables: the list of all tables, and each table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from generator.editorial import FactTable
from generator.fact_tables.load import FILE
from generator.glossary.mark import TermMarker
from generator.model import OwnField, Page, Paper, Plan, Site
from generator.pages.parts.optional import is_made
from generator.pages.parts.sizes import MOST_ROWS
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import describe, show_own_value
from generator.records.own_fields import find_value, read_number
from generator.text.markup_text import MarkupText
from generator.urls.routes import FACT_TABLES, build_link, build_url_link, fact_table_page, paper_path


def plan_fact_tables(site: Site, marker: TermMarker) -> Iterator[Plan]:
    """Yield the plans of the list of tables, where the shelf has any or the page was published, and of each table."""
    if is_made(site, FACT_TABLES):
        title = site.labels("tables.title")
        make = partial(_build_list, site)
        yield Plan(path=FACT_TABLES, title=title, layout="tables", edit=FILE, make=make)
    for table in site.shelf.fact_tables.values():
        make = partial(_build_table, site, table, marker)
        yield Plan(path=fact_table_page(table.id), title=table.name, layout="table", edit=FILE, make=make)


def view_tables(site: Site, here: str) -> list[Mapping[str, Any]]:
    """Return the views of all tables for lists on a page."""
    return [
        {
            "name": table.name,
            "link": build_link(here, fact_table_page(table.id)),
            "count": site.labels.count("count.papers", len(site.catalogue.tables[table.id])),
            "lead": MarkupText(table.lead),
        }
        for table in site.shelf.fact_tables.values()
    ]


def _build_list(site: Site) -> Page:
    labels = site.labels
    head = {
        "title": labels("tables.title"),
        "description": labels("tables.description"),
        "layout": "tables",
        "hide": ["navigation", "toc"],
        "edit": FILE,
    }
    tables = view_tables(site, FACT_TABLES)
    return build_page(labels, FACT_TABLES, "tables", head=head, edit=FILE, tables=tables)


def _build_table(site: Site, table: FactTable, marker: TermMarker) -> Page:
    here, labels = fact_table_page(table.id), site.labels
    keys = site.catalogue.tables[table.id]
    fields = [site.shelf.own_fields[column] for column in table.columns]
    ends = labels.number(MOST_ROWS) if len(keys) > MOST_ROWS else ""
    return build_page(
        labels,
        here,
        "table",
        edit=FILE,
        head={
            "title": table.name,
            "description": describe(MarkupText(table.lead)),
            "layout": "table",
            "hide": ["navigation", "toc"],
            "edit": FILE,
        },
        id=table.id,
        name=table.name,
        lead=MarkupText(table.lead),
        introduction=[MarkupText(part) for part in table.introduction],
        count=labels.count("count.papers", len(keys)),
        ends=ends,
        columns=[{"name": field.label, "is_number": field.type == "number"} for field in fields],
        rows=[_view_row(site, site.shelf.papers[key], fields, here) for key in keys[:MOST_ROWS]],
        marker=marker,
        here=here,
        overview=build_link(here, FACT_TABLES),
    )


def _view_row(site: Site, paper: Paper, fields: list[OwnField], here: str) -> Mapping[str, Any]:
    return {
        "title": paper.title_text.plain,
        "link": build_url_link(here, paper_path(paper.id), pretty=site.pretty_urls),
        "year": paper.published[:4],
        "cells": [_view_cell(site, paper, field) for field in fields],
    }


def _view_cell(site: Site, paper: Paper, field: OwnField) -> Mapping[str, Any]:
    """Return what a cell shows, its link, and the number by which it is sorted, if it is one."""
    fact = show_own_value(site.labels, field, paper)
    number = read_number(find_value(paper, field.id), field.unit) if field.type == "number" else None
    return {
        "text": fact.value if fact else "",
        "link": fact.link if fact else "",
        "number": "" if number is None else f"{number:g}",
        "is_number": field.type == "number",
    }
