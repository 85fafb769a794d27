"""`python server.py SOCKET`: the command, loaded once; each call is a process of its own, forked from it.

A client hands over its arguments, folder, environment and standard streams, and gets the exit code. A command takes most
of a second to load, and the tests of requests call it some fifty times.
"""

import json
import os
import socket
import sys
from pathlib import Path

CLIENT = """#!{python} -ISB
import json, os, socket, sys
link = socket.socket(socket.AF_UNIX)
link.connect({address!r})
call = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(link, [len(call).to_bytes(4, "big")], [0, 1, 2])
link.sendall(call)
sys.exit(link.recv(1)[0])
"""


def answer(link):
    """Run one command, and return its exit code."""
    from generator.cli import main  # noqa: PLC0415 (loaded by the server before)

    size, streams, _, _ = socket.recv_fds(link, 4, 3)
    call, wanted = b"", int.from_bytes(size, "big")
    while len(call) < wanted:
        call += link.recv(wanted - len(call))
    arguments, folder, environment = json.loads(call)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    try:
        main(arguments, prog_name="papershelf")
    except SystemExit as end:
        return end.code or 0
    return 0


def serve(address):
    """Answer calls, one after the other, for ever."""
    import generator.cli  # noqa: F401, PLC0415 (slow to load)

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{address}.new")
        server.listen()
        Path(f"{address}.new").rename(address)  # who sees it may call
        while True:
            link, _ = server.accept()
            child = os.fork()
            if not child:
                code = 70
                try:
                    code = answer(link)
                finally:
                    sys.stdout.flush()
                    sys.stderr.flush()
                    os._exit(code)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            link.sendall(bytes([code & 255]))
            link.close()


if __name__ == "__main__":
    serve(sys.argv[1])
