"""Shows and writes records for the editor of a preview, through the checks that every command uses."""

from __future__ import annotations

import hashlib
import http
import secrets
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import msgspec
from msgspec import Struct

from generator.labels.labels import Labels, load_labels
from generator.mkdocs_plugin.editor.form import BadFormError, FormProblem, list_fields, read_form
from generator.mkdocs_plugin.editor.form_checks import find_new_problems, refuses, say_problems
from generator.mkdocs_plugin.editor.page import URL, render_form
from generator.mkdocs_plugin.editor.requests import EditRequest, RefusedRequestError, read_request
from generator.model import Shelf, Taxonomy
from generator.pipeline import Steps
from generator.problems import Place, Severity, errors_of
from generator.records.edit import Edit
from generator.records.rewrite import render_edit
from generator.storage.folder import refuse_link
from generator.storage.locks import BusyError
from generator.storage.text_file import load_exact, split_lines
from generator.storage.transaction import hold, write_files
from generator.storage.yaml_edit import FormError
from generator.user_folders import find_state


class Answer(Struct, frozen=True, kw_only=True):
    """The answer to a request: a message, problems by field, the form, or what was saved."""

    status: int = 200
    message: str = ""
    problems: tuple[Mapping[str, str], ...] = ()
    form: str = ""
    source: str = ""
    """The digest of the record's source, which a save must send back."""
    saved: str = ""
    """The file that was written; empty if nothing has changed."""


class Editor:
    """The editor of one run of a preview."""

    def __init__(self, content: Path, steps: Steps) -> None:
        self.labels: Labels = load_labels()
        self.token = secrets.token_urlsafe(32)
        self.lock = threading.Lock()
        """Held by whatever reads or writes the shelf: a build, or a request of the editor."""
        self._content, self._steps = content, steps

    def answer(
        self, environ: WSGIEnvironment, start: StartResponse, address: tuple[str, int]
    ) -> Iterable[bytes]:
        """Answer a request below `URL` of a server that is bound to an address, as a WSGI application does."""
        try:
            request = read_request(environ, address, self.token)
            answer = self._act(str(environ.get("PATH_INFO", "")), request)
        except RefusedRequestError as fault:
            restarted = self.labels("editor.restarted")
            is_page = fault.status == http.HTTPStatus.FORBIDDEN  # a page that was opened in an earlier run
            answer = Answer(status=fault.status, message=f"{restarted} ({fault})" if is_page else str(fault))
        body = msgspec.json.encode(answer)
        headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            *([("Allow", "POST")] if answer.status == http.HTTPStatus.METHOD_NOT_ALLOWED else []),
        ]
        start(f"{answer.status} {http.HTTPStatus(answer.status).phrase}", headers)
        return [body]

    def _act(self, path: str, request: EditRequest) -> Answer:
        acts = {f"{URL}form": self._open, f"{URL}save": self._save}
        if path not in acts:
            raise RefusedRequestError(404, "there is nothing at this URL")
        try:
            with self.lock, hold(self._content):
                return acts[path](request)
        except BusyError:
            return Answer(status=503, message=self.labels("editor.busy"))
        except OSError as fault:
            reason = fault.strerror or str(fault)
            said = self.labels("editor.unwritable", file=fault.filename or self._content, reason=reason)
            return Answer(status=500, message=said)

    def _open(self, request: EditRequest) -> Answer:
        """Return the form of a record."""
        shelf, taxonomy, refused = self._load(request.paper)
        if refused:
            return refused
        paper, place = shelf.papers[request.paper], shelf.places[request.paper]
        fields = list_fields(paper, taxonomy, shelf.own_fields, self.labels)
        return Answer(
            form=render_form(fields, place.file, self.labels), source=hash_source(self._content, place)
        )

    def _save(self, request: EditRequest) -> Answer:
        """Write the values of a form to the record's file, unless a check refuses them."""
        key = request.paper
        shelf, taxonomy, refused = self._load(key)
        if refused:
            return refused
        old, place = shelf.papers[key], shelf.places[key]
        if request.source != hash_source(self._content, place):
            return Answer(status=409, message=self.labels("editor.stale"))
        fields = list_fields(old, taxonomy, shelf.own_fields, self.labels)
        try:
            new, found = read_form(old, fields, request.values)
        except BadFormError as fault:
            raise RefusedRequestError(400, str(fault)) from fault
        if new is not None:
            found += find_new_problems(self._content, shelf, taxonomy, new, fields)
        if new is None or any(map(refuses, found)):
            faults = [one for one in found if refuses(one)]
            said = self.labels.count("editor.refused", len(faults))
            return Answer(status=422, message=said, problems=say_problems(faults))
        try:
            edit = Edit(papers={**shelf.papers, key: new}, map_positions=shelf.map_positions)
            files, _ = render_edit(self._content, shelf, edit)
        except FormError as fault:
            return Answer(status=422, message=str(fault))
        write_files(self._content, files, find_state(self._content))
        told = [one for one in found if one.problem.severity is Severity.WARNING]
        return Answer(
            message=self.labels("editor.saved", file=place.file),
            saved=", ".join(files),
            problems=say_problems(told),
        )

    def _load(self, key: str) -> tuple[Shelf, Taxonomy, Answer | None]:
        """Return the shelf as it is on disk, and an answer if a record cannot be edited."""
        refuse_link(self._content)
        shelf, taxonomy, problems = self._steps.read(self._content)
        refused = None
        if errors := errors_of(problems):
            said = say_problems(FormProblem(field="", problem=problem) for problem in errors)
            refused = Answer(status=422, message=self.labels("editor.broken"), problems=said)
        elif key not in shelf.papers:
            refused = Answer(status=404, message=self.labels("editor.gone", id=key))
        return shelf, taxonomy, refused


def hash_source(content: Path, place: Place) -> str:
    """Return a digest of the text of a record: of its file, or of its line in a file of JSON Lines."""
    text = load_exact(content / place.file)
    if place.file.endswith(".jsonl"):
        text = split_lines(text)[place.line - 1]
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
