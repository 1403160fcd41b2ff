"""Three hundred phones in one process: a small HTTP client, kept alive, without any library."""

from __future__ import annotations

import asyncio
import gzip
import json
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.benchmarks.engines import HOST

RETRIES = 40
MOST_WAITING = 4
BUSY = 503


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


@dataclass
class Line:
    """One device's connection: cookies kept, opened again when the server let it go."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, form=None, **headers: str) -> Reply:
        """Send, and send the same again when the connection dies: as a phone's owner would."""
        body = urlencode(form).encode() if form else b""
        request = self._head(method, path, body, headers) + body
        for _ in range(RETRIES):
            try:
                return await self._exchange(request)
            except (OSError, asyncio.IncompleteReadError):
                self.hang_up()
        raise RuntimeError(f"{path}: aucune réponse après {RETRIES} essais")

    def hang_up(self) -> None:
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None

    def _head(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        lines = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "Origin": f"https://{HOST}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Encoding": "gzip",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        if method == "POST":
            lines["Content-Type"] = "application/x-www-form-urlencoded"
            lines["Content-Length"] = str(len(body))
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
        return f"{method} {path} HTTP/1.1\r\n{text}\r\n".encode()

    async def _exchange(self, request: bytes) -> Reply:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, headers = int(head[0].split()[1]), {}
        for line in filter(None, head[1:]):
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _, stored = value.partition(";")[0].partition("=")
                self.cookies[cookie] = stored
        body = b""
        if status not in (204, 304):
            body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.hang_up()
        return Reply(status, headers, body)


@dataclass
class Phone:
    """A seat taken through the addresses, like a person; `acknowledged` is what it was promised."""

    line: Line
    code: str
    sequence: int = 0
    acknowledged: dict[int, int] = field(default_factory=dict)
    posts: int = 0
    busy: int = 0
    refused: list[int] = field(default_factory=list)

    @property
    def token(self) -> str:
        return self.line.cookies["place"].partition(":")[0]

    async def sit(self) -> None:
        """The first screen, « Commencer », the first question."""
        await self.line.ask("GET", f"/r/{self.code}/")
        reply = await self.line.ask("POST", f"/r/{self.code}/commencer/", {"sector": ""})
        while reply.status == 302:
            reply = await self.line.ask("GET", reply.headers["location"])
        if reply.status != 200 or 'name="answer"' not in reply.text:
            raise RuntimeError(f"Pas de première question: {reply.status} {reply.text}")

    async def open_question(self, number: int) -> None:
        reply = await self.line.ask("GET", f"/r/{self.code}/?question={number}")
        if reply.status != 200:
            raise RuntimeError(f"La question {number} répond {reply.status}")

    async def answer(self, item: int, round_: int, answer: int, *, twice: bool = False) -> None:
        """Until it has arrived. `twice`: a double tap, both sendings on their way together."""
        self.sequence += 1
        form = {"item": item, "round": round_, "answer": answer, "sequence": self.sequence}
        sendings = [self._send(self.line, form)]
        if twice:
            other = Line(self.line.port, dict(self.line.cookies))
            sendings.append(self._send(other, form))
        statuses = await asyncio.gather(*sendings)
        if any(status not in (200, 201) for status in statuses) or statuses.count(201) > 1:
            self.refused.append(max(statuses))
        self.acknowledged[item] = answer

    async def _send(self, line: Line, form: dict[str, int]) -> int:
        headers = {"Accept": "application/json", "X_CSRFToken": line.cookies["csrftoken"]}
        while True:
            self.posts += 1
            reply = await line.ask("POST", f"/r/{self.code}/reponses/", form, **headers)
            if reply.status != BUSY:
                break
            self.busy += 1
            await asyncio.sleep(1)
        if line is not self.line:
            line.hang_up()
        return reply.status


@dataclass
class Wall:
    """The projector of the hall, asking each second as its page does (`live.js`).

    A question leaves in its time, whether or not the one before came back; four at most are on
    their way; an answer to an older question never replaces a newer one.
    """

    port: int
    cookies: dict[str, str]
    path: str
    every: float
    seen: list[tuple[float, int]] = field(default_factory=list)
    longest_wait: float = 0.0
    etag: str = ""
    asked: int = 0
    shown: int = 0

    async def watch(self, until: asyncio.Event) -> None:
        free = [Line(self.port, dict(self.cookies)) for _ in range(MOST_WAITING)]
        on_their_way: set[asyncio.Task] = set()
        while not until.is_set():
            if free:
                task = asyncio.create_task(self._ask(free))
                on_their_way.add(task)
                task.add_done_callback(on_their_way.discard)
            await asyncio.sleep(self.every)
        await asyncio.gather(*on_their_way)
        await self._ask(free)

    async def _ask(self, free: list[Line]) -> None:
        line, clock = free.pop(), asyncio.get_running_loop().time
        self.asked += 1
        number, asked_at = self.asked, clock()
        reply = await line.ask("GET", self.path, If_None_Match=self.etag)
        free.append(line)
        self.longest_wait = max(self.longest_wait, clock() - asked_at)
        if reply.status == 200 and number > self.shown:
            self.shown, self.etag = number, reply.headers["etag"]
            self.seen.append((clock(), json.loads(reply.text)["received"]))
        elif reply.status not in (200, 304):
            raise RuntimeError(f"La projection répond {reply.status}")

    def delays(self, acknowledged_at: list[float]) -> list[float]:
        """For the nth person told « C’est reçu »: how long until the wall counted n."""
        return [
            next((at for at, received in self.seen if received >= rank), float("inf")) - moment
            for rank, moment in enumerate(sorted(acknowledged_at), start=1)
        ]
