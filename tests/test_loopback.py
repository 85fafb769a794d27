"""The rule that tests send nothing to another machine: what breaks it is stopped, recorded and fails."""

import os
import socket
import subprocess
import sys

import pytest
from support import ROOT

OUT = ("192.0.2.1", 9)


def send(method, *arguments):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        getattr(opened, method)(*arguments)


@pytest.mark.parametrize(
    "leave",
    [
        lambda: send("connect", OUT),
        lambda: send("connect_ex", OUT),
        lambda: send("sendto", b"x", OUT),
        lambda: send("sendmsg", [b"x"], [], 0, OUT),
        lambda: socket.create_connection(("2001:db8::1", 9)),
        lambda: socket.getaddrinfo("owls.example", 80),
        lambda: socket.getaddrinfo(b"owls.example", 80),
        lambda: socket.gethostbyname("owls.example"),
    ],
)
def test_nothing_is_sent_to_another_machine(leave, refused):
    with pytest.raises(RuntimeError, match=r"socket\."):
        leave()
    assert len(refused.read_text().splitlines()) == 1
    refused.unlink()


def test_nothing_is_sent_by_a_process_that_a_test_starts(refused):
    script = "import socket\ntry: socket.getaddrinfo('owls.example', 80)\nexcept Exception: pass"
    subprocess.run([sys.executable, "-c", script], check=True)
    assert refused.read_text() == "socket.getaddrinfo 'owls.example'\n"
    refused.unlink()


def test_what_is_caught_fails_the_test_all_the_same(pytester_file):
    result = pytester_file(
        "import socket\ndef test_x():\n try: socket.getaddrinfo('owls.example', 80)\n except Exception: pass\n"
    )
    assert "only loopback may be asked: socket.getaddrinfo 'owls.example'" in result.stdout
    assert result.returncode == 1


@pytest.fixture
def pytester_file(tmp_path):
    """Return a function that runs a file of tests under this suite's rules."""

    def run(text):
        (tmp_path / "test_x.py").write_text(text)
        command = [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "-p", "no:cacheprovider", "-p", "loopback", "."]  # fmt: skip
        paths = os.pathsep.join([str(ROOT / "tests"), os.environ["PYTHONPATH"]])
        env = {**os.environ, "PYTHONPATH": paths}
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    return run


def test_this_machine_may_be_asked():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()
