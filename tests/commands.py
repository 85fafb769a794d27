"""`python commands.py SOCKET`: the project's commands, loaded once; each call is a process forked from it.

A command takes a second to load, and the tests call them a thousand times. A client hands over the module, its arguments,
folder, environment and standard streams, and gets the exit code.
"""

import atexit
import functools
import gc
import json
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

TIMEOUT = 300
CLIENT = """#!{python} -ISB
import os, sys
sys.path.insert(0, {folder!r})
from commands import call
sys.exit(call({address!r}, [{module!r}, sys.argv[1:], os.getcwd(), dict(os.environ)], [0, 1, 2]))
"""


@functools.cache
def start_server(optimise=""):
    """Start the process that commands are forked from, and return its address; it ends with this one.

    `optimise` is what PYTHONOPTIMIZE says to its interpreter.
    """
    folder = Path(tempfile.mkdtemp(prefix="commands-"))  # a short path, as that of a socket must be
    address = str(folder / "socket")
    env = os.environ | {"PYTHONOPTIMIZE": optimise}
    process = subprocess.Popen([sys.executable, __file__, address], env=env)

    def stop():
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    while not Path(address).exists():
        assert process.poll() is None
        time.sleep(0.02)
    return address


def write_command(path, module):
    """Write an executable file that runs a module as `python -m` does, for tests that run shell scripts."""
    text = CLIENT.format(
        python=sys.executable, folder=str(Path(__file__).parent), address=start_server(), module=module
    )
    path.write_text(text)
    path.chmod(0o755)


def run_module(module, arguments, *, cwd, env=None, **interpreter):
    """Run a module as `python -m` does, and return its exit code and what it printed as `subprocess.run` does.

    With an environment of its own, which may change the interpreter, the module runs in a new one. `interpreter` is
    what `start_server` takes.
    """
    if env is not None:
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.run(
            command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=TIMEOUT
        )
    with (
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
        Path(os.devnull).open() as stdin,
    ):
        streams = [stream.fileno() for stream in (stdin, stdout, stderr)]
        code = call(start_server(**interpreter), [module, arguments, str(cwd), dict(os.environ)], streams)
        texts = []
        for stream in (stdout, stderr):
            stream.seek(0)
            texts.append(stream.read().decode())
    return subprocess.CompletedProcess([module, *arguments], code, *texts)


def call(address, command, streams):
    """Have a command (module, arguments, folder, environment) run in a process of its own, and return its exit code."""
    with Running(address, command, streams) as running:
        return running.wait()


class Running:
    """A command that runs in a process of its own, which ends with this value."""

    def __init__(self, address, command, streams):
        self.command = command
        self.link = socket.socket(socket.AF_UNIX)
        self.link.settimeout(TIMEOUT)
        self.link.connect(address)
        body = json.dumps(command).encode()
        socket.send_fds(self.link, [len(body).to_bytes(4, "big")], streams)
        self.link.sendall(body)
        self.process = int.from_bytes(self.link.recv(4, socket.MSG_WAITALL), "big")

    def is_alive(self):
        """Return whether the command has not ended."""
        return not select.select([self.link], [], [], 0)[0]

    def wait(self):
        """Return the exit code of the command once it has ended."""
        code = self.link.recv(1)
        assert code, f"{self.command[:2]} was killed"
        return code[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.is_alive():
            with suppress(ProcessLookupError):  # it may have ended since
                os.kill(self.process, signal.SIGKILL)
            self.link.recv(1)  # nothing: it has ended
        self.link.close()


def serve(address):
    """Load what commands import, and answer calls for ever."""
    import mkdocs.commands.build  # noqa: F401, PLC0415 (slow to load, and only the server needs it)

    import generator.mkdocs_plugin.plugin  # noqa: F401, PLC0415
    from generator.cli import VERBS, main  # noqa: PLC0415
    from generator.text.words import stem  # noqa: PLC0415

    for verb in VERBS:
        main.get_command(None, verb)  # loads it
    stem("owls")  # loads the stemmer
    load_templates()
    load_builds()
    gc.collect()
    gc.freeze()  # no process that is forked from here goes through what is loaded
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{address}.new")
        server.listen()
        Path(f"{address}.new").rename(address)  # who sees it may call
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        while True:
            link, _ = server.accept()
            if not os.fork():
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                server.close()
                answer(link)
            link.close()


def answer(link):
    """Run one command in this process, send its exit code, and end."""
    code = 1
    try:
        code = run_here(link)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        link.sendall(bytes([code & 255]))
        os._exit(0)


def run_here(link):
    """Become a command: its streams, folder, environment and arguments; and return its exit code."""
    link.sendall(os.getpid().to_bytes(4, "big"))
    size, streams, _, _ = socket.recv_fds(link, 4, 3)
    body, wanted = b"", int.from_bytes(size, "big")
    while len(body) < wanted:
        body += link.recv(wanted - len(body))
    module, arguments, folder, environment = json.loads(body)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # where this environment says
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        sys.stderr.write(f"{end.code}\n")
        return 1
    except BaseException:  # noqa: BLE001 (an interpreter prints it and ends with 1)
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def load_templates():
    """Compile the templates of pages once for all commands."""
    from generator.pages.parts import templates  # noqa: PLC0415
    from generator.pages.parts.markup_language import MARKDOWN, build_html  # noqa: PLC0415

    for language in (MARKDOWN, build_html(pretty=True)):
        environment = templates._build_environment("en", language)  # noqa: SLF001 (nothing else would keep them)
        for path in templates.TEMPLATES.glob("*.j2" if language is MARKDOWN else "*.html.j2"):
            environment.get_template(path.name)


def load_builds():
    """Build the site of a new index, which loads what builds load late and packs scripts and styles once for all commands."""
    from mkdocs.commands.build import build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    environment = dict(os.environ)
    with (
        tempfile.TemporaryDirectory() as folder,
        suppress(Exception, SystemExit),
    ):  # commands say it if they fail as well
        os.environ |= {f"XDG_{name}_HOME": folder for name in ("STATE", "CACHE")}
        index = shutil.copytree(
            Path(__file__).parent.parent / "generator" / "scaffold", Path(folder) / "index"
        )
        config = load_config(str(index / "mkdocs.yml"))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    os.environ.clear()
    os.environ.update(environment)


if __name__ == "__main__":
    serve(*sys.argv[1:])
