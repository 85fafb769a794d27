"""An index on disk, for all verbs and the public API. It is read once; views are computed at first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec.structs import replace

from generator.catalogue import build_catalogue
from generator.exports.texts import ALL_EXPORTS, list_exports, render_json_record
from generator.formats.files import load_files, sort_files
from generator.importing import Import, Input, plan_import
from generator.model import Catalogue, Kind, LinkKind, Paper, Placement, Related, Shelf
from generator.pipeline import Steps, load_content
from generator.problems import PapershelfError, Problem, errors_of, in_order
from generator.records.edit import EditError
from generator.records.read import leave_out_removed
from generator.records.write import Layout, write_shelf
from generator.stats.counts import Statistics, build_statistics
from generator.storage.transaction import hold
from generator.topics.classify import build_classifier
from generator.topics.from_groups import Grouping, render_new_topics
from generator.topics.report import TopicReport, build_report
from generator.user_folders import find_state

_Test = Callable[[Paper], bool]


class Project:
    """The records and topics below a folder. Views are cached, so create a new Project after the folder has changed."""

    def __init__(self, content: Path) -> None:
        """Read the folder. Errors in it are collected in `problems` and never raised."""
        self.content = content
        self.state = find_state(content)
        """The user's folder for recovering an interrupted write, or None."""
        self.records, self.taxonomy, self.problems = load_content(content, self.state)

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that prevent a build."""
        return tuple(errors_of(self.problems))

    @cached_property
    def shelf(self) -> Shelf:
        """The shelf as readers see it, without removed papers; `records` includes them, as they are in the files."""
        return Steps().change_papers(leave_out_removed(self.records), lambda: self.placements)

    @property
    def papers(self) -> Mapping[str, Paper]:
        """The papers by id, without removed ones."""
        return self.shelf.papers

    @cached_property
    def placements(self) -> Mapping[str, tuple[Placement, ...]]:
        """The topics of each paper by its id, each with the reason."""
        return build_classifier(self.taxonomy).classify(self.records.papers)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The ids of the papers as in the site's lists: newest first, by topic, year and venue."""
        return build_catalogue(self.shelf, self._shown_placements)

    @cached_property
    def statistics(self) -> Statistics:
        """The numbers on the statistics page."""
        return build_statistics(self.shelf, self.taxonomy, self._shown_placements, self.catalogue)

    @cached_property
    def topic_report(self) -> TopicReport:
        """How well the topics cover the shelf."""
        return build_report(self.shelf, self.taxonomy, self._shown_placements)

    @cached_property
    def _shown_placements(self) -> Mapping[str, tuple[Placement, ...]]:
        return {key: self.placements[key] for key in self.papers}

    def suggest_topics(self) -> str:
        r"""Return a draft of `topics.yml` for papers without a topic: names, rules, and comments with counts.

        The same papers always give the same draft. It has only comments if the papers share too few phrases.

        >>> Project(Path("no-such-folder")).suggest_topics().partition("\n")[0]
        '# No topics are suggested because every paper is under a topic.'
        """
        from generator.topics.draft import render_draft  # noqa: PLC0415 (slow to load)

        return render_draft(self.papers, self.taxonomy, self.placements)

    def find_related(self, number: int = 5) -> Mapping[str, tuple[Related, ...]]:
        """Return up to `number` related papers of each paper by its id, each with the topics and terms that both share."""
        from generator.related.nearest import find_related  # noqa: PLC0415 (slow to load)

        return find_related(
            self.papers,
            number=number,
            placements=self._shown_placements,
            embeddings=self.shelf.embeddings,
        )

    def select(
        self,
        ids: Iterable[str] | None = None,
        *,
        topics: Sequence[str] = (),
        years: Sequence[str] = (),
        kinds: Sequence[Kind] = (),
        has: Sequence[LinkKind] = (),
    ) -> list[Paper]:
        """Return the papers that match every filter; an empty filter matches all papers.

        Args:
            ids: only these papers, in this order, including removed ones. Without ids, all papers except removed ones.
            topics: papers under any of these topics, by their ids.
            years: papers of any of these years, such as "2024".
            kinds: papers of any of these kinds.
            has: papers with a link of each of these kinds, such as "code".

        Raises:
            KeyError: if an id or topic does not exist; the first such one is the argument.
        """
        for topic in topics:
            if topic not in self.taxonomy.topics:
                raise KeyError(topic)
        known = {**self.shelf.removed, **self.papers}
        papers = [known[key] for key in (self.papers if ids is None else ids)]
        tests = list(self._list_tests(topics, years, kinds, has))
        return [paper for paper in papers if all(test(paper) for test in tests)]

    def _list_tests(
        self, topics: Sequence[str], years: Sequence[str], kinds: Sequence[Kind], has: Sequence[LinkKind]
    ) -> Iterator[_Test]:
        if topics:
            yield lambda paper: any(place.topic in topics for place in self.placements[paper.id])
        if years:
            yield lambda paper: paper.published[:4] in years
        if kinds:
            yield lambda paper: paper.kind in kinds
        if has:
            yield lambda paper: all(paper.links.get(kind) for kind in has)

    def export(self, form: str, papers: Iterable[Paper] | None = None) -> str:
        """Return papers or the whole shelf as "bibtex", "ris", "csl-json", "csv", "jsonl" or "markdown".

        Raises:
            KeyError: for any other format.
        """
        chosen = list(self.papers.values()) if papers is None else list(papers)
        if form == "jsonl":  # with abstracts, unlike the lists of the site
            return "".join(map(render_json_record, chosen))
        exports = list_exports(self.shelf.own_fields)
        return (exports.get(form) or ALL_EXPORTS[form]).render_list(chosen)

    def read(  # noqa: PLR0913 (each is an option of the command)
        self,
        *files: Path | str,
        form: str = "",
        captured: str = "",
        columns: Mapping[str, str] | None = None,
        abstracts: bool = True,
        topics: str = "",
        day: str = "",
    ) -> Import:
        """Return the result of importing files without writing it; `save` writes it.

        Args:
            files: the files to read.
            form: their format, as in `papershelf import`; if empty, it is detected for each file.
            captured: the date on which a listing or an answer was saved, YYYY-MM-DD.
            columns: the fields of table columns, by header.
            abstracts: whether records keep abstracts; without them, they keep the topics and reasons.
            topics: the groups that become topics: "sections", "keywords" or a column.
            day: the date of addition for new papers, YYYY-MM-DD.

        Raises:
            PapershelfError: with all problems, if the shelf has errors or no file can be read.
            KeyError: if the format does not exist.
        """
        if self.errors:
            raise PapershelfError(self.problems)
        texts, unread = load_files([Path(file) for file in files])
        by_format, unknown = ({form: texts}, []) if form else sort_files(texts)
        if not texts or not by_format:
            raise PapershelfError((*unread, *unknown))
        groupings = {"": Grouping(name=topics)} if topics else {}
        given = Input(files=by_format, captured=captured, columns=columns or {}, groupings=groupings, day=day)
        plan = plan_import(self.records, self.taxonomy, given, abstracts=abstracts)
        return replace(plan, problems=in_order([*unread, *unknown, *plan.problems]))

    def save(self, plan: Import, *, layout: Layout | None = None, source: str = "import") -> tuple[str, ...]:
        """Write the result of `read` in one transaction, and return the written files, relative to the folder.

        Create a new Project afterwards: this one does not reflect the written changes and can save only once.

        Raises:
            BusyError: if another process is writing the shelf.
            EditError: if the shelf has changed since it was loaded.
            FormError: if the text of a record cannot be edited.
            OSError: if a file cannot be written.
        """
        with hold(self.content):
            now, _, _ = load_content(self.content, self.state)
            if now != self.records:
                raise EditError(
                    f"{self.content} has changed since it was loaded: create a new Project and read the files again"
                )
            also = render_new_topics(self.content, [topic for made in plan.topics for topic in made.topics])
            files = write_shelf(
                self.content, self.records, plan.papers, self.state, layout=layout, source=source, also=also
            )
            return (*files, *also)
