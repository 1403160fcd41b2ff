"""Files leave through here: public media with byte ranges, documents after a permission check."""

from __future__ import annotations

import mimetypes
from pathlib import PurePath, PurePosixPath

from botocore.exceptions import BotoCoreError, ClientError
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import Storage, storages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve as wagtail_serve

from cms.document_files import PUBLIC_FOLDER
from cms.models import SiteDocument
from core.byte_ranges import RangeNotSatisfiableError, parse_range
from core.storages import stream_file

SHOWN = ("image/", "audio/", "video/")
SANDBOX = "sandbox; default-src 'none'"
# Documents have a screen of their own, which checks who asks.
NOT_MEDIA = (PUBLIC_FOLDER,)


def _guard_headers(response: HttpResponse) -> None:
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"


def _size_of(storage: Storage, name: str) -> int:
    try:
        return storage.size(name)
    except (OSError, ClientError, SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponse:
    """A public file, whole or in part (`Range`), from the disk or a bucket."""
    if ".." in PurePosixPath(name).parts or name.startswith(NOT_MEDIA) or name.endswith("/"):
        raise Http404
    storage = storages["default"]
    try:
        size = _size_of(storage, name)
    except BotoCoreError:
        # The bucket does not answer: pictures show their alternative text meanwhile.
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    try:
        part = parse_range(request.headers.get("Range", ""), size)
    except RangeNotSatisfiableError:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        _guard_headers(response)
        return response
    start, end = part or (0, size - 1)
    length = end - start + 1
    body = () if request.method == "HEAD" else stream_file(storage, name, start, length)
    response = StreamingHttpResponse(
        body if length else (), status=206 if part else 200, content_type=content_type
    )
    response["Content-Length"] = str(length)
    response["Accept-Ranges"] = "bytes"
    if part:
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    is_shown = content_type.startswith(SHOWN) and content_type != "image/svg+xml"
    response["Content-Disposition"] = content_disposition_header(not is_shown, PurePath(name).name)
    patch_cache_control(response, public=True, max_age=3600)
    _guard_headers(response)
    return response


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponse:
    """Wagtail's own screen (its hooks check who asks), under our headers."""
    is_private = get_object_or_404(SiteDocument, pk=document_id).is_private
    if is_private:
        # A 304 would be answered to whoever knows the imprint.
        request.META.pop("HTTP_IF_NONE_MATCH", None)
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
    response = wagtail_serve(request, document_id, document_filename)
    if "Content-Disposition" in response:
        response["Content-Disposition"] = content_disposition_header(
            True,
            document_filename,
        )
    _guard_headers(response)
    if is_private:
        del response["Cache-Control"]
        patch_cache_control(response, private=True, no_store=True)
    return response
