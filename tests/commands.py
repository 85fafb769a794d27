"""Commands of the project, each in a process of its own that is forked from one which has imported everything."""

import atexit
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

# What commands import; a forked process finds it loaded, which saves a second of processor time for each.
PRELOAD = ["commands", "mkdocs.commands.build", "mkdocs.commands.serve", "generator.cli", "generator.plugin"]
TIMEOUT = 300
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(PRELOAD)
TEMPLATES = tempfile.TemporaryDirectory(prefix="templates-")
"""Compiled templates, shared by all builds of a session: compiling them is half of the time of a small build."""
atexit.register(TEMPLATES.cleanup)


def run_module(module, arguments, *, cwd, env=None):
    """Run a module as `python -m` does, and return its exit code and what it printed as `subprocess.run` does.

    With an environment of its own, the module runs in a new interpreter.
    """
    if env is not None:
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.run(
            command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=TIMEOUT
        )
    with tempfile.TemporaryDirectory() as folder:
        printed = [Path(folder, name) for name in ("stdout", "stderr")]
        process = SERVER.Process(
            target=_run, args=(module, arguments, str(cwd), dict(os.environ), printed, TEMPLATES.name)
        )
        process.start()
        process.join(TIMEOUT)
        if process.is_alive():
            process.kill()
            raise subprocess.TimeoutExpired([module, *arguments], TIMEOUT)
        stdout, stderr = (path.read_text(encoding="utf-8") for path in printed)
        return subprocess.CompletedProcess([module, *arguments], process.exitcode, stdout, stderr)


def _run(module, arguments, cwd, environ, printed, templates):
    """Become a command: its folder, environment, standard streams and arguments."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environ)
    for stream, path in zip((sys.stdout, sys.stderr), printed, strict=True):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, stream.fileno())
        os.close(opened)
    keep_compiled_templates(templates)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def keep_compiled_templates(folder):
    """Have MkDocs keep compiled templates in a folder; one that changed is compiled again."""
    from jinja2 import FileSystemBytecodeCache  # noqa: PLC0415 (in the forked process alone)
    from mkdocs.theme import Theme  # noqa: PLC0415

    get_env = Theme.get_env

    def get_caching_env(self):
        env = get_env(self)
        env.bytecode_cache = FileSystemBytecodeCache(folder)
        return env

    Theme.get_env = get_caching_env
