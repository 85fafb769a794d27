"""Lets `mkdocs serve` survive a failed build: it keeps serving the last good build, with the errors on every page.

MkDocs itself exits if the first build fails; if a later one fails, it answers no requests until one succeeds.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import click
from mkdocs.commands import serve as command
from mkdocs.commands.build import build as build_site
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger

from generator.mkdocs_plugin.editor.editor import Editor
from generator.mkdocs_plugin.editor.page import URL, insert_editor
from generator.mkdocs_plugin.editor.requests import is_loopback, is_ours
from generator.mkdocs_plugin.port import check_address, name_address
from generator.mkdocs_plugin.preview import Preview
from generator.mkdocs_plugin.problem_panel import ShownProblem, insert_panel, render_page, render_panel
from generator.problems import PapershelfError, errors_of
from generator.urls.routes import find_paper

log = get_plugin_logger("papershelf")
_RELOADING = b"livereload("


class Serving:
    """The builds of one `mkdocs serve`, and the responses of its server after a failed build."""

    def __init__(self) -> None:
        self.preview: Preview | None = None
        self.editor: Editor | None = None
        self._site = self._project = Path()
        self._has_build = self._has_failed = False
        self._panel = ""

    def catch_first(self) -> None:
        """Take over the first build, which MkDocs starts before plugins can access the server."""
        setattr(command, "build", self._build_first)  # noqa: B010 (mypy sees no such name)

    def _build_first(self, config: MkDocsConfig, **options: object) -> None:
        setattr(command, "build", build_site)  # noqa: B010 (as above)
        check_address(*config.dev_addr)
        self._site = Path(config.site_dir)
        self._project = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        self.run(partial(build_site, config, **options))  # type: ignore[arg-type]

    def attach(self, server: LiveReloadServer, finish: Callable[[], None]) -> None:
        """Make MkDocs's server continue after a failed build; `finish` is called after each build."""
        build, serve, answer = server.builder, server.serve, server.get_app()
        self._site = Path(server.root)
        self._has_build = self._has_build or not self._has_failed
        if self.editor is not None and not is_loopback(str(server.server_address[0])):
            log.info("Pages have no button “Edit”, because other machines can reach this preview.")

        def build_and_finish() -> None:
            try:
                build()
            finally:
                finish()

        def serve_by_name(*, open_in_browser: bool = False) -> None:
            with name_address(str(server.server_address[0]), server.server_address[1]):
                serve(open_in_browser=open_in_browser)  # type: ignore[no-untyped-call]

        server.builder = partial(self.run, build_and_finish)
        server.serve = serve_by_name  # type: ignore[method-assign]
        if answer is not None:
            server.set_app(partial(self._answer, server, answer))

    def run(self, build: Callable[[], object]) -> None:
        """Build the site; if that fails, keep the last good build and the errors."""
        with self.editor.lock if self.editor else nullcontext():
            self._run(build)

    def _run(self, build: Callable[[], object]) -> None:
        said = _Listener()
        logging.getLogger("mkdocs").addHandler(said)
        if self.preview is not None:
            self.preview.is_whole = False
        try:
            build()
        except (Exception, SystemExit) as fault:  # noqa: BLE001 (whatever it is, the server goes on)
            logging.getLogger("mkdocs").removeHandler(said)
            self._note(fault, said.records)
        else:
            self._has_build, self._has_failed = True, False
        finally:
            logging.getLogger("mkdocs").removeHandler(said)

    def _note(self, fault: BaseException, records: list[logging.LogRecord]) -> None:
        """Log the errors like MkDocs, and keep them for the browser."""
        if isinstance(fault, (SystemExit, click.ClickException)):
            click.echo(str(fault), err=True)
        else:
            traceback.print_exception(fault)
        is_new = self.preview is not None and self.preview.is_whole
        if self.preview is not None and not is_new:
            self.preview.restore()
        self._has_build = self._has_build or is_new
        reports = list_reports(fault, records, self._project)
        self._panel = render_panel(reports, is_new=is_new)
        self._has_failed = True
        if not self._has_build:
            self._site.mkdir(exist_ok=True)
            for name in ("index.html", "404.html"):
                (self._site / name).write_text(render_page(reports), encoding="utf-8")
        log.error(
            "The build failed. The browser shows the errors%s.", " and the last good build" * self._has_build
        )

    def _answer(
        self,
        server: LiveReloadServer,
        answer: Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]],
        environ: WSGIEnvironment,
        start: StartResponse,
    ) -> Iterable[bytes]:
        """Answer a request like MkDocs; insert the editor into the page of a paper, and the errors of a failed build into each page.

        MkDocs does not reload its 404 page after a build; with the errors, the page reloads.
        """
        address = (str(server.server_address[0]), server.server_address[1])
        if self.editor is not None and environ.get("PATH_INFO", "").startswith(URL):
            return self.editor.answer(environ, start, address)
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        epoch = server._visible_epoch  # noqa: SLF001 (nothing public has it)
        body = answer(environ, lambda status, headers, *_: begun.append((status, headers)))  # type: ignore[arg-type]
        status, headers = begun[0]
        edited = self._find_edited(server.mount_path, environ, address) if status.startswith("200") else ""
        if not (self._has_failed or edited) or dict(headers).get("Content-Type") != "text/html":
            start(status, headers)
            return body
        page = b"".join(body)
        if self._has_failed and _RELOADING not in page:
            page = server._inject_js_into_html(page, epoch)  # noqa: SLF001 (as above)
        if self._has_failed and self._has_build:
            page = insert_panel(page.decode("utf-8", "replace"), self._panel).encode()
        if self.editor is not None and edited:
            page = insert_editor(page, edited, self.editor.token, self.editor.labels)
        kept = [(name, value) for name, value in headers if name != "Content-Length"]
        start(status, [*kept, ("Content-Length", str(len(page)))])
        return [page]

    def _find_edited(self, mount: str, environ: WSGIEnvironment, address: tuple[str, int]) -> str:
        """Return the id of the paper that a page may edit; empty for other pages, other hosts and pages in a frame of another."""
        is_alone = environ.get("HTTP_SEC_FETCH_DEST", "document") == "document"
        if self.preview is None or not is_alone or not is_ours(environ, address):
            return ""
        paper = find_paper(environ.get("PATH_INFO", "").removeprefix(mount))
        return paper if self.preview.steps.has_record(paper) else ""


class _Listener(logging.Handler):
    """A logging handler that keeps the messages of MkDocs and its plugins."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def list_reports(
    fault: BaseException, records: Iterable[logging.LogRecord], project: Path
) -> list[ShownProblem]:
    """Return all errors of a build that ended with an exception, for display in the browser.

    Errors in the content have their own places. MkDocs raises a summary and logs the errors before it (in strict mode,
    warnings). Anything else is a bug in a template, a plugin or the program.
    """
    link: BaseException | None = fault
    while link is not None:
        if isinstance(link, PapershelfError):
            return [
                ShownProblem(where=str(p.place or ""), what=f"{p.message} [{p.code}]", hint=p.hint)
                for p in errors_of(link.problems)
            ]
        link = link.__cause__ or link.__context__
    errors = [record.getMessage() for record in records if record.levelno >= logging.ERROR]
    if isinstance(fault, click.ClickException):
        said = errors or [record.getMessage() for record in records] or [str(fault)]
        return [ShownProblem(what=text) for text in dict.fromkeys(said)]
    what = [
        *errors,
        *([] if any(str(fault) in text for text in errors) else [f"{type(fault).__name__}: {fault}"]),
    ]
    hint = "the full traceback is in the terminal"
    return [ShownProblem(where=_find_place(fault, project), what="\n".join(what), hint=hint)]


def _find_place(fault: BaseException, project: Path) -> str:
    """Return the file and line of the project in which an exception was raised, or an empty text."""
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(project) and "site-packages" not in file.parts:
            return f"{file.relative_to(project)}:{frame.lineno}"
    return ""
