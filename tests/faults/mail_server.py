"""A mail server of our own on the loopback: it keeps what it takes, refuses what it is told to."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes
from email.message import Message


class MailServer:
    """Speaks enough SMTP (RFC 5321) for `smtplib`. `refusal` is what it answers to a recipient."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.refusal = ""
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    def __enter__(self) -> MailServer:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(mail_server) -> type[socketserver.StreamRequestHandler]:  # noqa: N805
        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("220 prêt")
                for line in self.rfile:
                    verb = line.split()[0].upper() if line.split() else b""
                    if verb == b"RCPT" and mail_server.refusal:
                        self.say(mail_server.refusal)
                    elif verb == b"DATA":
                        self.say("354 allez-y")
                        mail_server.taken.append(message_from_bytes(self.read_message()))
                        self.say("250 pris")
                    elif verb == b"QUIT":
                        self.say("221 au revoir")
                        return
                    else:
                        self.say("250 bien")

            def say(self, words: str) -> None:
                self.wfile.write(words.encode() + b"\r\n")

            def read_message(self) -> bytes:
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
                return b"".join(lines)

        return Handler
