"""What the site and its floor both answer: the bare page, the processor's time, the memory."""

import time
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.benchmarks.engines import BARE, MEMORY, PROCESSOR


def bare(_request: HttpRequest) -> HttpResponse:
    """The least that a page can cost."""
    return HttpResponse("<!doctype html><title>Plancher</title><p>Bonjour.</p>")


def processor(_request: HttpRequest) -> HttpResponse:
    """The processor's time that this server has taken so far, in seconds."""
    return HttpResponse(str(time.process_time()))


def memory(_request: HttpRequest) -> HttpResponse:
    """What this server holds now, in megabytes; the pages of a mapped file are not its own."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    held = next(line for line in lines if line.startswith("RssAnon:"))
    return HttpResponse(str(int(held.split()[1]) / 1024))


urlpatterns = [
    path(BARE[1:], bare),
    path(PROCESSOR[1:], processor),
    path(MEMORY[1:], memory),
]
