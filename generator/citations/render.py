"""Compiles a style into functions, one for each element of its file.

Most conditions in a style depend on the type of a work and on which facts are known. This combination is the shape of the work. A
style is compiled once for each shape, without the elements that the shape rules out. The functions are then short, and a shelf has
few shapes. The elements are those of CSL 1.0.2, “Rendering Elements”.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from xml.etree.ElementTree import Element

from generator.citations.conditions import Test, choose, make_test
from generator.citations.dates import build_date_writer
from generator.citations.join import CLOSE, OPEN, enclose, join_all
from generator.citations.letter_case import CASES
from generator.citations.names import write_names
from generator.citations.numbers import is_several, render_number, write_pages
from generator.citations.people import ListForm, build_list_form
from generator.citations.style import Style
from generator.citations.work import DATE, NAMES, NOTHING, Part, Shape, Work, bundle

_SUFFIX = "year-suffix"
"""What parts works of one year where a text cites them; a missing one hides no group."""


class Maker:
    """Makes the elements of a style into functions, for papers of one shape."""

    def __init__(self, style: Style, shape: Shape, *, sorting: bool = False) -> None:
        """Begin; `sorting` says that the texts are keys to sort by and nobody reads them."""
        self._style, self._shape, self._sorting = style, shape, sorting
        self._macros: dict[str, Part] = {}
        self._around: Element | None = None  # the names whose substitutes are made

    def make_all(self, elements: Iterable[Element]) -> tuple[Part, ...]:
        """Return the parts of elements that stand beside each other."""
        return tuple(part for element in elements if (part := self.make(element)) is not None)

    def make(self, element: Element) -> Part | None:
        """Return the part of an element; None for one that never says anything.

        Raises:
            ValueError: when CSL has no such element.
        """
        if not isinstance(element.tag, str):  # a comment
            return None
        if element.tag not in _MAKERS:
            raise ValueError(f"{self._style.name}: there is no element {element.tag}")
        return _MAKERS[element.tag](self, element)

    def make_key(self, element: Element) -> Part | None:
        """Return what a list is sorted by: a macro, a date, names, or a fact."""
        name = element.get("variable", "")
        if macro := element.get("macro"):
            return self._make_macro(macro)
        if name == DATE:
            return self.make_date(element)
        return self.make_names(element) if name in NAMES else self._make_variable(element, name, None)

    def make_text(self, element: Element) -> Part | None:
        """Return a macro, a fact, a term or a text of the style."""
        if name := element.get("macro"):
            return self._wrap(element, self._make_macro(name))
        if name := element.get("variable"):
            form = self._style.options.get("page-range-format", "")
            change = partial(write_pages, form=form) if name == "page" else None
            return None if name == _SUFFIX else self._make_variable(element, name, change)
        said = element.get("value", "")
        if term := element.get("term"):
            many = element.get("plural") == "true"
            said = self._style.find_term(term, element.get("form", "long"), plural=many)
        text = build_finish(element)(said)
        return Part(lambda _, out: out.append(text), is_one=True) if text else None

    def _make_macro(self, name: str) -> Part:
        if name not in self._macros:
            self._macros[name] = bundle(self.make_all(self._style.macros[name]))
        return self._macros[name]

    def _wrap(self, element: Element, macro: Part) -> Part:
        """Return a macro with what stands around it."""
        finish = build_finish(element)
        if (macro.asks and not macro.finds) or (macro.is_one and finish is _leave):
            return macro

        def write(work: Work, out: list[str]) -> None:
            said: list[str] = []
            macro.write(work, said)
            if said:
                out.append(finish(join_all(said), work))

        return Part(write, asks=macro.asks, finds=macro.finds, is_one=True)

    def make_number(self, element: Element) -> Part:
        """Return a fact that is written as a number where it is one."""
        change = partial(render_number, form=element.get("form", ""), find_term=self._style.find_term)
        return self._make_variable(element, element.get("variable", ""), change)

    def _make_variable(self, element: Element, name: str, change: Callable[[str], str] | None) -> Part:
        if name not in self._shape.known:
            return NOTHING

        finish = build_finish(element)

        def write(work: Work, out: list[str]) -> None:
            if value := work.find(name):
                out.append(finish(change(value) if change else value, work))

        return Part(write, asks=True, finds=True, is_one=True)

    def make_label(self, element: Element) -> Part | None:
        """Return what a number is called, where there is one."""
        name, rule = element.get("variable", ""), element.get("plural", "contextual")
        if name not in self._shape.known:
            return None
        form = element.get("form", "long")
        finish = build_finish(element)
        said = [finish(self._style.find_term(name, form, plural=many)) for many in (False, True)]

        def write(work: Work, out: list[str]) -> None:
            value = work.facts.texts.get(name, "")
            if value and name not in work.hidden:
                _add(out, said[rule == "always" or (rule == "contextual" and is_several(value))])

        return Part(write, is_one=True)

    def make_date(self, element: Element) -> Part:
        """Return the date of a work."""
        if element.get("variable") not in self._shape.known & {DATE}:
            return NOTHING
        say, finish = build_date_writer(self._style, element, sorting=self._sorting), build_finish(element)

        def write(work: Work, out: list[str]) -> None:
            if work.ask(DATE, known=bool(work.facts.issued)) and (text := say(work.facts.issued)):
                out.append(finish(text))

        return Part(write, asks=True, finds=True, is_one=True)

    def make_group(self, element: Element) -> Part | None:
        """Return what stands together; nothing of it is said where it asks for facts and none is known."""
        parts = self.make_all(element)
        whole, between, finish = bundle(parts), element.get("delimiter", ""), build_finish(element)
        if whole.asks and not whole.finds:
            return NOTHING

        def write(work: Work, out: list[str]) -> None:
            calls, hits = work.calls, work.hits
            said: list[str] = []
            whole.write(work, said)
            if said and (work.hits > hits or work.calls == calls):
                out.append(finish(join_all(said, between), work))

        return Part(write, asks=whole.asks, finds=whole.finds, is_one=True) if parts else None

    def make_choose(self, element: Element) -> Part | None:
        """Return the first branch whose condition is met; the delimiter around it goes between its texts."""
        branches: list[tuple[Test | bool, tuple[Part, ...]]] = []
        for branch in element:
            test = isinstance(branch.tag, str) and (branch.tag == "else" or make_test(branch, self._shape))
            if test is not False:
                branches.append((test, self.make_all(branch)))
            if test is True:
                break
        if not any(parts for _, parts in branches):
            return None
        return bundle(branches[0][1]) if branches[0][0] is True else choose(branches)

    def make_names(self, element: Element) -> Part:
        """Return a list of names; one in a `substitute` without children is written like the one around it."""
        like = self._around if self._around is not None and not len(element) else element
        variables = [
            name for name in element.get("variable", "").split() if name in NAMES & self._shape.known
        ]
        forms = {name: build_list_form(self._style, like, name) for name in variables}
        others, finish = self._make_substitutes(element), build_finish(element)
        between = element.get("delimiter", self._style.options.get("names-delimiter", ""))

        def write(work: Work, out: list[str]) -> None:
            said: list[str] = []
            for name, form in forms.items():
                _add(said, self._write_list(work, name, form))
            for other in others:
                if not said:
                    work.substitute(other, said)
            if said:
                out.append(finish(join_all(said, between)))

        return Part(write, asks=True, finds=True, is_one=True) if variables or others else NOTHING

    def _make_substitutes(self, element: Element) -> list[Part]:
        """Return what is said in the place of names that nobody knows."""
        substitute = element.find("substitute")
        if substitute is None:
            return []
        outer, self._around = self._around, element
        parts = [part for part in self.make_all(substitute) if part.finds]
        self._around = outer
        return parts

    def _write_list(self, work: Work, name: str, form: ListForm) -> str:
        names = work.facts.names.get(name)
        if not work.ask(name, known=names is not None) or names is None:
            return ""
        said = write_names(names.people, form.names, more=names.more, sorting=self._sorting)
        label = form.labels[len(names.people) > 1 or names.more]
        return join_all((label, said) if form.begins_with_label else (said, label))


_MAKERS: Mapping[str, Callable[[Maker, Element], Part | None]] = MappingProxyType(
    {
        "choose": Maker.make_choose,
        "date": Maker.make_date,
        "group": Maker.make_group,
        "key": Maker.make_key,
        "label": Maker.make_label,
        "names": Maker.make_names,
        "number": Maker.make_number,
        "text": Maker.make_text,
    }
)


def _add(out: list[str], text: str) -> None:
    if text:
        out.append(text)


Finish = Callable[..., str]


def build_finish(element: Element) -> Finish:
    """Return what makes a text as the attributes of an element want it: its letter case, without stops, in quotes, with what is around it."""
    options = element.attrib
    case, is_title = CASES.get(options.get("text-case", "")), options.get("text-case") == "title"
    is_bare, is_quoted = options.get("strip-periods") == "true", options.get("quotes") == "true"
    prefix, suffix = options.get("prefix", ""), options.get("suffix", "")

    def finish(text: str, work: Work | None = None) -> str:
        if case and not (is_title and work and not work.facts.is_english):
            text = case(text)
        if is_bare:
            text = text.replace(".", "")
        if is_quoted:
            text = f"{OPEN}{text}{CLOSE}"
        return enclose(prefix, text, suffix)

    return finish if case or is_bare or is_quoted or prefix or suffix else _leave


def _leave(text: str, _: Work | None = None) -> str:
    return text
