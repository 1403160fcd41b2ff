"""`manage.py run_worker [--once]`: sends the mails that wait and runs the jobs of the night."""

import os
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from background.outbox import send_due_mails
from background.schedule import run_due_jobs

PAUSE = 5
"""Seconds between two looks."""
POLITENESS = 10
"""Pages go first: a long document waits for the processor, a hall does not."""


class Command(BaseCommand):
    help = "Envoie les courriels en attente et fait les travaux de fond. À laisser rouler."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="un seul tour, puis s’arrête")
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="s’arrête avec le programme qui l’a lancé (make demo)",
        )

    def handle(self, *args, once: bool, with_parent: bool, **options) -> None:
        if once:
            self._turn()
            return
        os.nice(POLITENESS)
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        parent = os.getppid()
        while not stopping.is_set() and (not with_parent or os.getppid() == parent):
            close_old_connections()
            self._turn()
            stopping.wait(PAUSE)

    def _turn(self) -> None:
        now = timezone.now()
        delivery = send_due_mails(now)
        if delivery.sent or delivery.given_up:
            self.stdout.write(f"Courriels: {delivery.sent} partis, {delivery.given_up} abandonnés.")
        for name in run_due_jobs(now):
            self.stdout.write(f"Fait: {name}.")
