"""Large syntheses of the benchmark: prepared once, then each answer made in a process of its own.

`python -m tests.benchmarks.large_synthesis prepare|make|page`, JSON in and out.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import sys
import time

import django

FILES, PAGE = 40, 2000
"""Démarches."""
OF_FILES, OF_PAGE = 12, 60
"""Dimensions."""


def prepare(files: int = FILES, page: int = PAGE) -> dict:
    """A synthesis of 40 démarches with their stories, another of 2,000, both out."""
    from tests.factories.starter_site import ensure_site_pages
    from tests.factories.syntheses import a_large_synthesis, edition_out

    ensure_site_pages()
    of_files = a_large_synthesis(sources=files, dimensions=OF_FILES, is_told=True)
    of_page = a_large_synthesis(sources=page, dimensions=OF_PAGE)
    edition, address = edition_out(of_files), edition_out(of_page).synthesis.page.slug
    sizes = {"files": files, "page": page}
    return sizes | {"edition": edition.pk, "address": f"/syntheses/{address}/"}


def make(edition: int, kind: str) -> dict[str, float]:
    """One file, as a worker that has just started makes it: seconds, megabytes."""
    import io

    from appreciation.domain.synthesis.files import PUBLIC, code_of
    from appreciation.interfaces.documents.synthesis_making import write_synthesis_file
    from appreciation.models import ExportJob, SynthesisEdition
    from background.management.commands.run_worker import POLITENESS

    os.nice(POLITENESS)  # as the worker makes it
    job = ExportJob(edition=SynthesisEdition.objects.get(pk=edition), code=code_of(PUBLIC, kind))
    file = io.BytesIO()
    started, worked = time.perf_counter(), time.process_time()
    write_synthesis_file(job, file, lambda percent, words: None)
    return _seen(started, worked, len(file.getvalue()))


def page(address: str) -> dict[str, float]:
    """The page of 2,000 × 60 cells, once the process is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.benchmarks.engines import HOST

    client = Client(SERVER_NAME=HOST)
    for _ in range(2):  # the first reader of a new site writes its settings
        client.get(f"{address}?demarches=2", secure=True)
    with CaptureQueriesContext(connection) as queries:
        started, worked = time.perf_counter(), time.process_time()
        response = client.get(f"{address}?demarches=3", secure=True)
        seen = _seen(started, worked, len(response.content))
    wire = len(gzip.compress(response.content)) / 1000
    return seen | {"queries": len(queries), "wire": wire, "status": response.status_code}


def _seen(started: float, worked: float, size: int) -> dict[str, float]:
    return {
        "wall": time.perf_counter() - started,
        "processor": time.process_time() - worked,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": size / 1000,
    }


if __name__ == "__main__":
    django.setup()
    sent = json.loads(sys.stdin.read() or "{}")
    print(json.dumps({"prepare": prepare, "make": make, "page": page}[sys.argv[1]](**sent)))
