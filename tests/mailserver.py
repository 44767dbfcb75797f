"""A small mail server for tests (RFC 5321, the commands a client needs), on a thread of its own."""

import email
import email.policy
import socketserver
from threading import Thread


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it is given: `letters` are (recipients, parsed message); `refuse` maps addresses to replies.

    An address in `hang_up` breaks the connection. `seen` hears every letter before it is acknowledged.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters, self.refuse, self.hang_up, self.connections = [], {}, set(), 0
        self.seen = lambda _letter: None

    def __enter__(self):
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()

    @property
    def to(self):
        """The first recipient's name of each letter, in order."""
        return [recipients[0].partition("@")[0] for recipients, _letter in self.letters]


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.connections += 1
        self.recipients = []
        self.say("220 mail.example.test")
        while line := self.rfile.readline().decode("ascii").strip():
            command, _colon, rest = line.partition(":")
            if not self.answer(command.upper(), rest.strip()):
                return

    def say(self, reply):
        self.wfile.write(f"{reply}\r\n".encode())

    def answer(self, command, rest):
        """Answer one command; False ends the conversation."""
        if command == "RCPT TO":
            return self.recipient(rest.strip("<>"))
        if command == "DATA":
            self.say("354 go on")
            self.take(b"".join(iter(self.rfile.readline, b".\r\n")))
        else:
            self.say("221 bye" if command == "QUIT" else "250 yes")
        return command != "QUIT"

    def recipient(self, address):
        if address in self.server.hang_up:
            return False
        self.recipients.append(address)
        self.say(self.server.refuse.get(address, "250 yes"))
        return True

    def take(self, data):
        letter = email.message_from_bytes(data.replace(b"\r\n..", b"\r\n."), policy=email.policy.default)
        self.server.seen(letter)
        self.server.letters.append((self.recipients, letter))
        self.recipients = []
        self.say("250 kept")
