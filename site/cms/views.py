"""Files leave through here: public media with byte ranges, documents after a permission check."""

from __future__ import annotations

import mimetypes
from pathlib import PurePath, PurePosixPath

from botocore.exceptions import BotoCoreError, ClientError
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve as wagtail_serve

from cms.document_files import PUBLIC_FOLDER
from cms.models import MediaTrack, SiteDocument
from core.byte_ranges import RangeNotSatisfiableError, may_send_part, parse_range
from core.storages import FileFacts, facts_of, stream_file

SHOWN = ("image/", "audio/", "video/")
ONE_YEAR = 365 * 24 * 3600
SANDBOX = "sandbox; default-src 'none'"
# Documents have a screen of their own, which checks who asks.
NOT_MEDIA = (PUBLIC_FOLDER,)


def _guard_headers(response: HttpResponseBase) -> None:
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"


def _facts_of(name: str) -> FileFacts:
    try:
        return facts_of(storages["default"], name)
    except (OSError, ClientError, SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A public file, whole or in part (`Range`), from the disk or a bucket."""
    if ".." in PurePosixPath(name).parts or name.startswith(NOT_MEDIA) or name.endswith("/"):
        raise Http404
    try:
        facts = _facts_of(name)
    except BotoCoreError:
        # The bucket does not answer: pictures show their alternative text meanwhile.
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    unchanged = get_conditional_response(request, facts.etag, int(facts.modified.timestamp()))
    if unchanged is not None:
        return _with_validators(unchanged, facts)
    asked = request.headers.get("Range", "") if request.method == "GET" else ""
    if not may_send_part(request.headers.get("If-Range", ""), facts.etag, facts.last_modified):
        asked = ""
    try:
        part = parse_range(asked, facts.size)
    except RangeNotSatisfiableError:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{facts.size}"})
        return _with_validators(response, facts)
    return _with_validators(_file_response(request, name, facts, part), facts)


def _with_validators(response: HttpResponseBase, facts: FileFacts) -> HttpResponseBase:
    """What a browser gives back to ask only for what changed, or to go on where it was cut."""
    response["ETag"] = facts.etag
    response["Last-Modified"] = facts.last_modified
    _guard_headers(response)
    return response


def _file_response(
    request: HttpRequest, name: str, facts: FileFacts, part: tuple[int, int] | None
) -> StreamingHttpResponse:
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    start, end = part or (0, facts.size - 1)
    length = end - start + 1
    is_sent = length and request.method == "GET"
    response = StreamingHttpResponse(
        stream_file(storages["default"], name, start, length) if is_sent else (),
        status=206 if part else 200,
        content_type=content_type,
    )
    response["Content-Length"] = str(length)
    response["Accept-Ranges"] = "bytes"
    if part:
        response["Content-Range"] = f"bytes {start}-{end}/{facts.size}"
    is_shown = content_type.startswith(SHOWN) and content_type != "image/svg+xml"
    response["Content-Disposition"] = content_disposition_header(not is_shown, PurePath(name).name)
    patch_cache_control(response, public=True, max_age=3600)
    return response


@require_safe
def track(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Captions or chapters, from our own address whatever the storage of the film."""
    content = MediaTrack.objects.filter(fingerprint=fingerprint).values_list("content", flat=True)
    text = content.first()
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="text/vtt; charset=utf-8")
    patch_cache_control(response, public=True, max_age=ONE_YEAR, immutable=True)
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
