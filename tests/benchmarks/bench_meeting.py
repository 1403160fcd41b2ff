"""A hall of 300 phones and 12 questions, on both engines: nothing lost, and how fast.

The first question at a hall's pace: everybody opens it and answers within half a minute, and the
wall must count them within two seconds. Then the others as a storm: each phone sends as fast as it
is answered, in an order of its own; one answer in ten is a double tap (both sendings at once), one
in twenty is changed afterwards. The floor is one upsert of the same table in the same Django, sent
by the same phones just before and just after the storm. Ends with 1 if a promise is not kept.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

from tests.benchmarks.engines import embedded, postgres_and_redis, served, workshop
from tests.benchmarks.phones import BUSY, Line, Phone, Wall

PHONES = 300
LEVELS = 4
DOOR = 50
HALL_SECONDS = 30
RATIO_PROMISED = 0.4
WALL_PROMISED = 2.0
WALL_EVERY = 1.0
ENGINES = {
    "SQLite, un processus, 8 fils": embedded,
    "PostgreSQL et Redis, deux processus": postgres_and_redis,
}
MUST_BE_ZERO = {
    "lost": "perdues",
    "doubled": "doublées",
    "changed": "changées",
    "unasked": "de trop",
    "counts_apart": "comptes différents",
}


@dataclass
class Evening:
    """Everybody's phone, the wall, and what the phones were told."""

    port: int
    hall: dict
    chance: random.Random
    phones: list[Phone] = field(default_factory=list)
    told_at: list[float] = field(default_factory=list)

    async def sit_down(self) -> None:
        self.phones = [Phone(Line(self.port), self.hall["code"]) for _ in range(PHONES)]
        for start in range(0, PHONES, DOOR):  # people come through a door
            await asyncio.gather(*(phone.sit() for phone in self.phones[start : start + DOOR]))

    async def at_hall_pace(self, phone: Phone) -> None:
        """One person reads the first question, answers, and is shown the next one."""
        await asyncio.sleep(self.chance.uniform(0, HALL_SECONDS))
        await phone.open_question(1)
        await self._answer(phone, *self.hall["questions"][0])
        self.told_at.append(asyncio.get_running_loop().time())
        await phone.open_question(2)

    async def as_a_storm(self, phone: Phone) -> None:
        """One phone sends all the other answers, one after the other, without a breath."""
        others = self.hall["questions"][1:]
        for item, round_ in self.chance.sample(others, len(others)):
            await self._answer(phone, item, round_, twice=self.chance.random() < 0.1)
            if item == others[-1][0]:
                self.told_at.append(asyncio.get_running_loop().time())
            if self.chance.random() < 0.05:
                changed = phone.acknowledged[item] % LEVELS + 1
                await phone.answer(item, round_, changed)

    async def _answer(self, phone: Phone, item: int, round_: int, *, twice: bool = False) -> None:
        await phone.answer(item, round_, self.chance.randint(1, LEVELS), twice=twice)

    async def before_the_wall(self, what_each_does: Callable[[Phone], Coroutine]) -> Measured:
        """Everybody at once, while the wall asks each second."""
        wall = Wall(self.port, self.hall["session"], self.hall["wall"], WALL_EVERY)
        over = asyncio.Event()
        self.told_at.clear()
        posts, watching = self.posts, asyncio.create_task(wall.watch(over))
        started, busy = time.perf_counter(), time.process_time()
        await asyncio.gather(*(what_each_does(phone) for phone in self.phones))
        seconds, busy = time.perf_counter() - started, time.process_time() - busy
        over.set()
        await watching
        late = max(wall.delays(self.told_at))
        return Measured(self.posts - posts, seconds, late, wall.longest_wait, busy / seconds)

    @property
    def posts(self) -> int:
        return sum(phone.posts for phone in self.phones)

    @property
    def refused(self) -> list[int]:
        return [status for phone in self.phones for status in phone.refused]


@dataclass(frozen=True)
class Measured:
    posts: int
    seconds: float
    wall_delay: float
    longest_wait: float
    phones_load: float
    """Share of one processor that the phones themselves took."""

    @property
    def rate(self) -> float:
        return self.posts / self.seconds


async def floor_rate(port: int, hall: dict, chance: random.Random, share: range) -> float:
    """Posts per second of the floor: each phone sends its part of the questions."""

    async def send(seat: int) -> None:
        line = Line(port)
        for item, round_ in [hall["floor_questions"][index] for index in share]:
            form = {"seat": seat, "item": item, "round": round_, "sequence": 1}
            form["answer"] = chance.randint(1, 4)
            while (reply := await line.ask("POST", "/plancher/", form)).status == BUSY:
                await asyncio.sleep(1)  # as a phone does
            if reply.status != 201:
                raise RuntimeError(f"Le plancher répond {reply.status}")
        line.hang_up()

    started = time.perf_counter()
    await asyncio.gather(*(send(seat) for seat in hall["floor_seats"]))
    return PHONES * len(share) / (time.perf_counter() - started)


def in_server(env: dict[str, str], command: str, sent: dict) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.hall", command],
        env=env,
        input=json.dumps(sent),
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


async def hold(
    port: int, hall: dict, env: dict[str, str]
) -> tuple[Evening, Measured, Measured, float]:
    """The whole evening: the evening, its calm, its storm, and the floor beside the storm."""
    evening = Evening(port, hall, random.Random(2026))  # noqa: S311  the same each time
    await evening.sit_down()
    calm = await evening.before_the_wall(evening.at_hall_pace)
    await asyncio.to_thread(in_server, env, "show_last", {"reference": hall["reference"]})
    before = await floor_rate(port, hall, evening.chance, range(6))
    storm = await evening.before_the_wall(evening.as_a_storm)
    after = await floor_rate(port, hall, evening.chance, range(6, 12))
    return evening, calm, storm, 2 * before * after / (before + after)


def measure(name: str, engine: Callable) -> bool:
    with workshop() as folder, engine(folder) as env, served(env, folder) as (port, whole):
        hall = in_server(whole, "prepare", {})
        evening, calm, storm, floor = asyncio.run(hold(port, hall, whole))
        promised = {phone.token: phone.acknowledged for phone in evening.phones}
        counted = in_server(whole, "verify", {"reference": hall["reference"], "promised": promised})
    nothing_wrong = not (evening.refused or any(counted[key] for key in MUST_BE_ZERO))
    kept = {
        "rien de perdu ni de doublé": nothing_wrong and counted["stored"] == PHONES * 12,
        "projection à jour en 2 s": max(calm.wall_delay, storm.wall_delay) <= WALL_PROMISED,
        "au moins 0,4 fois le plancher": storm.rate / floor >= RATIO_PROMISED,
    }
    busy = sum(phone.busy for phone in evening.phones)
    zeros = ", ".join(f"{counted[key]} {word}" for key, word in MUST_BE_ZERO.items())
    print(name)
    print(f"  {counted['stored']} réponses de {counted['seats']} téléphones: {zeros}")
    print(f"  {evening.posts} envois, {busy} priés d’attendre, {len(evening.refused)} refusés")
    print(f"  tempête: {storm.rate:.0f} envois/s; plancher: {floor:.0f}/s")
    print(f"  rapport au plancher: {storm.rate / floor:.2f} (promis: {RATIO_PROMISED})")
    print(f"  projection, au pire: {calm.wall_delay:.2f} s au rythme d’une salle", end="; ")
    print(f"{storm.wall_delay:.2f} s dans la tempête", end=" ")
    print(f"(ses questions y attendent jusqu’à {storm.longest_wait:.2f} s)")
    print(f"  les téléphones ont pris {storm.phones_load:.0%} d’un processeur", flush=True)
    for promise, is_kept in kept.items():
        print(f"  {'✓' if is_kept else '✗'} {promise}", flush=True)
    return all(kept.values())


def main() -> int:
    """`bench_meeting [SQLite|PostgreSQL]`: both unless one is named."""
    wanted = sys.argv[1] if sys.argv[1:] else ""
    kept = [measure(name, engine) for name, engine in ENGINES.items() if wanted in name]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
