"""A ClamAV daemon for tests: speaks INSTREAM over a real socket, knows one signature and a size limit.

After `clamd(8)`: commands start with `n` and end with a newline (or `z` and a null byte); INSTREAM is
followed by chunks, each with its length as four bytes in network order, and a chunk of length 0.
"""

import socketserver
import threading
import time

SIGNATURE = b"NARU-TEST-MALWARE"


class Daemon:
    """What the daemon is told to do, and what it received."""

    def __init__(self, *, max_bytes=25_000_000, answer=None, delay=0):
        self.max_bytes = max_bytes
        self.answer = answer
        self.delay = delay
        self.received = []

    def reply(self, content):
        if self.answer is not None:
            return self.answer
        return b"stream: Naru.Test-1 FOUND\n" if SIGNATURE in content else b"stream: OK\n"


class Handler(socketserver.StreamRequestHandler):
    """One connection, one command."""

    def handle(self):
        daemon = self.server.daemon_state
        if self.rfile.readline() != b"nINSTREAM\n":
            self.wfile.write(b"UNKNOWN COMMAND\n")
            return
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
            if len(content) > daemon.max_bytes:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\n")
                return
        daemon.received.append(content)
        time.sleep(daemon.delay)
        self.wfile.write(daemon.reply(content))


class _Served:
    def __init__(self, daemon, server, address):
        self.daemon, self.server, self.address = daemon, server, address
        server.daemon_state = daemon
        server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def at_a_host(**told):
    """A daemon on a free port of this machine; a context with `.address` and `.daemon`."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    return _Served(Daemon(**told), server, f"127.0.0.1:{server.server_address[1]}")


def at_a_socket(path, **told):
    """The same at a socket file."""
    return _Served(Daemon(**told), socketserver.ThreadingUnixStreamServer(str(path), Handler), str(path))
