"""The address of a preview: what cannot be used is named in one line, with another that can."""

import errno
import socket

import pytest
from mkdocs.exceptions import Abort
from support import find_port

from generator.mkdocs_plugin.port import check_address, name_address


@pytest.mark.parametrize(
    ("host", "port", "code", "said"),
    [
        ("127.0.0.1", 8000, errno.EADDRINUSE, "Cannot serve on 127.0.0.1:8000: another program is using this port. Choose another address with --dev-addr 127.0.0.1:8001"),
        ("127.0.0.1", 65535, errno.EADDRINUSE, "--dev-addr 127.0.0.1:1024"),
        ("0.0.0.0", 80, errno.EACCES, "Cannot serve on 0.0.0.0:80: ports below 1,024 need administrator rights. Choose another address with --dev-addr 0.0.0.0:8000"),  # noqa: S104 (said, not bound)
        ("::1", 8000, errno.EADDRINUSE, "Cannot serve on [::1]:8000: another program is using this port. Choose another address with --dev-addr [::1]:8001"),
        ("2001:db8::1", 8000, errno.EADDRNOTAVAIL, "this machine does not have this address. Choose another address with --dev-addr [::1]:8000"),
        ("::1", 8000, errno.EAFNOSUPPORT, "this machine does not support addresses of this kind. Choose another address with --dev-addr 127.0.0.1:8000"),
    ],
)  # fmt: skip
def test_each_reason_has_its_words(host, port, code, said):
    with pytest.raises(Abort) as raised, name_address(host, port):
        raise OSError(code, "said by the system")
    assert said in raised.value.message
    assert raised.value.exit_code == 1


def test_other_errors_stay_as_they_are():
    with pytest.raises(OSError, match="disk"), name_address("127.0.0.1", 8000):
        raise OSError(errno.ENOSPC, "the disk is full")


def test_a_free_port_is_free_and_a_taken_one_is_not():
    with socket.socket() as other:
        port = find_port()
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(Abort, match=f"127.0.0.1:{port}: another program"):
            check_address("127.0.0.1", port)
    check_address("127.0.0.1", port)
    with pytest.raises(Abort, match="the port must be a number up to 65,535"):
        check_address("127.0.0.1", 65_536)
