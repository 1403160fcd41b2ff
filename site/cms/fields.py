"""File fields whose every refusal is a French form error."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath

import filetype
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.template.defaultfilters import filesizeformat

from cms.image_cleaning import clean_image
from core.captions import UnreadableCaptionsError, checked_web_vtt
from core.captions.check import LARGEST as LARGEST_CAPTIONS
from core.errors import DomainError
from core.package_guard import MEGABYTE, PackageLimits, refuse_bomb

HEAD = 8192
NOT_AN_IMAGE = "Choisissez une image JPEG, PNG, WebP ou GIF."
PACKED = {"docx", "odt", "ods", "pptx", "xlsx", "zip"}
TEXT = {"csv", "txt"}
OTHER_CONTENT = (
    "Ce fichier n’est pas ce que son nom annonce. Ouvrez-le, enregistrez-le de nouveau"
    " et réessayez."
)
PACKAGE = PackageLimits(broken=OTHER_CONTENT, unpacked=200 * MEGABYTE, ratio=200)


def check_weight(file, limit: int) -> None:
    if file.size > limit:
        raise ValidationError(
            f"Ce fichier est trop lourd ({filesizeformat(file.size)}):"
            f" {filesizeformat(limit)} au plus.",
            code="too_heavy",
        )


class LimitedFileField(forms.FileField):
    """A file of a certain weight at most; Wagtail's « many at a time » screens ask it which."""

    limit_setting = ""
    widget = forms.FileInput

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.max_upload_size = getattr(settings, self.limit_setting)
        limit = filesizeformat(self.max_upload_size)
        too_large = f"Ce fichier est trop lourd: {limit} au plus."
        self.error_messages["file_too_large_unknown_size"] = too_large


class ImageField(LimitedFileField):
    """A picture, decoded whole and written again without metadata."""

    limit_setting = "WAGTAILIMAGES_MAX_UPLOAD_SIZE"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit = filesizeformat(self.max_upload_size)
        self.help_text = f"JPEG, PNG, WebP ou GIF, {limit} au plus."
        self.error_messages["invalid_image_extension"] = NOT_AN_IMAGE

    def to_python(self, data):
        file = super().to_python(data)
        if file is None:
            return None
        check_weight(file, self.max_upload_size)
        try:
            file.seek(0)
            clean = clean_image(file, file.name)
        except DomainError as error:
            raise ValidationError(str(error), code="unreadable_image") from error
        return InMemoryUploadedFile(
            BytesIO(clean), self.label, file.name, file.content_type, len(clean), None
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return super().widget_attrs(widget) | {
            "accept": ",".join(f".{name}" for name in settings.WAGTAILIMAGES_EXTENSIONS)
        }


def _kind_of(file) -> str:
    """What the first bytes say: an extension known to `filetype`, or nothing (text, say)."""
    file.seek(0)
    kind = filetype.guess(file.read(HEAD))
    file.seek(0)
    return "" if kind is None else kind.mime


class DocumentField(LimitedFileField):
    """A document whose first bytes agree with its name, and that unpacks to a fair size."""

    limit_setting = "WAGTAILDOCS_MAX_UPLOAD_SIZE"

    def to_python(self, data):
        file = super().to_python(data)
        if file is None:
            return None
        check_weight(file, self.max_upload_size)
        extension = PurePath(file.name).suffix.lower().lstrip(".")
        if extension not in settings.WAGTAILDOCS_EXTENSIONS:
            allowed = ", ".join(settings.WAGTAILDOCS_EXTENSIONS).upper()
            raise ValidationError(f"Choisissez un fichier {allowed}.", code="extension")
        if not self._agrees(file, extension):
            raise ValidationError(OTHER_CONTENT, code="other_content")
        if extension in PACKED:
            self._refuse_bomb(file)
        return file

    @staticmethod
    def _refuse_bomb(file) -> None:
        """Whoever downloads it will unpack it."""
        try:
            refuse_bomb(file, PACKAGE)
        except DomainError as error:
            raise ValidationError(str(error), code="bomb") from error
        file.seek(0)

    @staticmethod
    def _agrees(file, extension: str) -> bool:
        file.seek(0)
        head = file.read(HEAD)
        file.seek(0)
        if extension == "pdf":
            return head[:1024].lstrip().startswith(b"%PDF-")
        if extension in PACKED:
            return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))
        return extension in TEXT and b"\x00" not in head and _kind_of(file) == ""


class MediaField(LimitedFileField):
    """A sound or a film, by its first bytes."""

    limit_setting = "MEDIA_MAX_UPLOAD_SIZE"

    def __init__(self, *args, media_type: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.media_type = media_type

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        """Read by `js/heavy_file.js`: nobody waits for a file that will be refused."""
        return super().widget_attrs(widget) | {
            "data-heaviest": str(getattr(settings, self.limit_setting))
        }

    def to_python(self, data):
        file = super().to_python(data)
        if file is None:
            return None
        check_weight(file, self.max_upload_size)
        is_sound = self.media_type == "audio"
        key = "AUDIO_EXTENSIONS" if is_sound else "VIDEO_EXTENSIONS"
        extensions = settings.WAGTAILMEDIA[key]
        extension = PurePath(file.name).suffix.lower().lstrip(".")
        # An Ogg or MP4 container may hold either: both kinds are taken.
        if extension not in extensions or not _kind_of(file).startswith(("audio/", "video/")):
            raise ValidationError(
                f"Choisissez {'un son' if is_sound else 'une vidéo'}: "
                + ", ".join(extensions).upper()
                + ".",
                code="not_media",
            )
        return file


class CaptionsField(forms.FileField):
    """A WebVTT file; its value is the checked text. Each problem is told with its line."""

    widget = forms.FileInput

    def to_python(self, data) -> str:
        file = super().to_python(data)
        if file is None:
            return ""
        file.seek(0)
        try:
            return checked_web_vtt(file.read(LARGEST_CAPTIONS + 1))
        except UnreadableCaptionsError as error:
            raise ValidationError(
                [ValidationError(str(problem), code="captions") for problem in error.problems]
            ) from error

    def clean(self, data, initial=None) -> str:
        return super().clean(data, None) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return super().widget_attrs(widget) | {"accept": ".vtt,text/vtt"}
