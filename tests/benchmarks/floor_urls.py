"""What the site and its floor both answer: the bare page, and the processor's time."""

import time

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.benchmarks.engines import BARE, PROCESSOR


def bare(_request: HttpRequest) -> HttpResponse:
    """The least that a page can cost."""
    return HttpResponse("<!doctype html><title>Plancher</title><p>Bonjour.</p>")


def processor(_request: HttpRequest) -> HttpResponse:
    """The processor's time that this server has taken so far, in seconds."""
    return HttpResponse(str(time.process_time()))


urlpatterns = [path(BARE[1:], bare), path(PROCESSOR[1:], processor)]
