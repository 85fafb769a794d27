"""A pretended internet: names and public numbers that all lead to servers on this machine, and a record of what was asked."""

import socket
import ssl
import threading
import time

from generator.network.connect import Network

ADDRESS = "11.22.33.44"
"""A number of the public internet, to which nothing is ever sent."""


class Disguised(socket.socket):
    """A connection to this machine that says it leads to another one."""

    peer = ("", 0)

    def getpeername(self):
        return self.peer


class Pretend:
    def __init__(self):
        self.names, self.servers, self.asked, self.connected = {}, {}, [], []
        self.context = ssl.SSLContext(
            ssl.PROTOCOL_TLS_CLIENT
        )  # without the machine's authorities, which take 10 ms to read
        self.peers = {}
        self.network = Network(look_up=self.look_up, connect=self.connect, trust=lambda: self.context)

    def place(self, name, server, *addresses, port=80):
        """Let a name lead to numbers, and these, at a port, to the port of a server on this machine."""
        self.names[name] = addresses or (ADDRESS,)
        self.servers.update({(address, port): server for address in self.names[name]})

    def look_up(self, host, _port):
        self.asked.append(host)
        found = self.names.get(host)
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return found.pop(0) if isinstance(found, list) else found

    def connect(self, address, port, seconds):
        self.connected.append((address, port))
        if (address, port) not in self.servers:
            raise ConnectionRefusedError
        server = self.servers[address, port]
        if callable(server):
            return server(seconds)
        opened = socket.create_connection(("127.0.0.1", server), timeout=seconds)
        disguised = Disguised(fileno=opened.detach())
        disguised.settimeout(seconds)
        disguised.peer = (self.peers.get(address, address), port)
        return disguised


class Hostile:
    """A server that answers each path with whatever a function does to the connection, until the test ends."""

    def __init__(self, context=None):
        self.answers, self.heard, self.over = {}, [], threading.Event()
        self.context = context
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.threads = [threading.Thread(target=self.accept)]
        self.threads[0].start()

    def accept(self):
        while True:
            try:
                taken, _ = self.listener.accept()
            except OSError:
                return
            self.threads.append(threading.Thread(target=self.serve, args=(taken,)))
            self.threads[-1].start()

    def serve(self, taken):
        try:
            taken.settimeout(20)
            if self.context:
                taken = self.context.wrap_socket(taken, server_side=True)
            with taken:
                head = b""
                while b"\r\n\r\n" not in head:
                    more = taken.recv(65_536)
                    if not more:
                        return
                    head += more
                self.heard.append(head.decode("latin-1"))
                method, path = head.decode("latin-1").split(" ")[:2]
                answer = self.answers[path]
                answer(Talk(taken, self.over, method)) if callable(answer) else taken.sendall(answer)
        except (OSError, ssl.SSLError):
            return  # the client has left

    def wait_heard(self):
        """Wait until a request was heard; who sent it may have given up before."""
        end = time.monotonic() + 300
        while not self.heard:
            assert time.monotonic() < end, "nobody asked"
            time.sleep(0.01)

    def close(self):
        self.over.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in self.threads:
            thread.join()


class Talk:
    """What an answer can do: send at once, drop by drop, or without end."""

    PAUSE = 0.02

    def __init__(self, taken, over, method):
        self.taken, self.over, self.method = taken, over, method

    def send(self, data):
        self.taken.sendall(data)

    def drip(self, data):
        """Send byte by byte; a client that waits for all of it gets a good end after twenty seconds."""
        for number in range(1000):
            self.send(data[number % len(data) : number % len(data) + 1])
            if self.over.wait(self.PAUSE):
                return

    def pour(self, data):
        """Send the same again and again, two hundred megabytes at most."""
        for _ in range(200_000_000 // len(data)):
            if self.over.is_set():
                return
            self.send(data)

    def wait(self):
        self.over.wait(20)


def end_threads():
    """Wait for the threads of requests; what was left alone at a deadline ends by itself soon after."""
    for thread in threading.enumerate():
        if thread.name == "papershelf request":
            thread.join(300)
            assert not thread.is_alive()
