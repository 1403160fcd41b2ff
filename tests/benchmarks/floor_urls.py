"""What the site and its floor both answer: the bare page, the processor's time, the memory."""

import resource
import time

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
    """The most that this server has held so far, in megabytes."""
    return HttpResponse(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


urlpatterns = [
    path(BARE[1:], bare),
    path(PROCESSOR[1:], processor),
    path(MEMORY[1:], memory),
]
