"""Too heavy is said before it is read: nobody waits for 2 GB to travel in vain."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from core.whole_body import WholeBody

OTHER_FIELDS = 5 * 1024 * 1024
"""Room for the rest of a form around its file."""


def heaviest_upload() -> int:
    """The heaviest file that any form of the site takes."""
    return settings.MEDIA_MAX_UPLOAD_SIZE


class WeighedUploadHandler(FileUploadHandler):
    """First of the handlers: reads nothing itself. Lighter limits are said by each field."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: str, encoding: Any = None
    ) -> None:
        if content_length > heaviest_upload() + OTHER_FIELDS:
            raise RequestDataTooBig(content_length)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps it."""


class ForgottenWhenCutHandler(TemporaryFileUploadHandler):
    """Django leaves half a file on the disk until Python happens to clean: we erase it at once."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        body = self.request.META.get("wsgi.input") if self.request else None
        if isinstance(body, WholeBody):
            body.when_cut.append(self.upload_interrupted)
