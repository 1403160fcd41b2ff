"""A public file that the worker made beforehand, as an answer."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from appreciation.domain.exports import open_export
from appreciation.interfaces.documents.contract import CONTENT_TYPES
from appreciation.models import ExportJob


def made_file_response(job: ExportJob | None, stem: str) -> HttpResponse:
    """The whole file, named `stem` and its extension; 404 until it is made, or if it was lost."""
    if job is None:
        raise Http404
    try:
        with open_export(job) as content:
            whole = content.read()
    except OSError as gone:
        raise Http404 from gone
    return HttpResponse(
        whole,
        content_type=CONTENT_TYPES[job.extension],
        headers={"Content-Disposition": f'attachment; filename="{stem}.{job.extension}"'},
    )
