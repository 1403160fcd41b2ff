"""Pictures are decoded whole and written again: no decoder error later, no place of the photo kept.

Upstream only sniffs the first bytes, and fails with a server error on hostile files (QUALITY.md §2
and §4 row 14).
"""

from __future__ import annotations

import io
import warnings
from pathlib import PurePath
from typing import IO

from django.conf import settings
from PIL import Image, ImageOps, ImageSequence

from core.errors import DomainError

FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
JPEG_QUALITY = 90
PHOTO_QUALITY = 82
LONGEST_SIDE = 2000
"""Handwriting on a flip chart is still read; a report is not ten megabytes."""
UNREADABLE = (
    "Cette image ne peut pas être lue: elle est abîmée ou ce n’est pas une image."
    " Ouvrez-la dans un logiciel de photo, enregistrez-la de nouveau, puis réessayez."
)


def clean_image(file: IO[bytes], name: str) -> bytes:
    """The same picture, upright, without metadata. DomainError says in French why not."""
    wanted = _wanted_format(name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(file, formats=sorted(set(FORMATS.values()))) as image:
                _check_size(image)
                _check_format(image, wanted)
                return _written_again(image, wanted)
    except DomainError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise DomainError(_too_many_pixels()) from error
    except Exception as error:  # decoders raise nearly anything on hostile bytes
        raise DomainError(UNREADABLE) from error


def clean_photo(file: IO[bytes], name: str) -> tuple[bytes, tuple[int, int]]:
    """A photo cleaned like any picture, then brought to a JPEG that a page can carry."""
    with Image.open(io.BytesIO(clean_image(file, name))) as image:
        flat = Image.new("RGB", image.size, "white")
        opaque = image.convert("RGBA")
        flat.paste(opaque, mask=opaque.getchannel("A"))
        flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        output = io.BytesIO()
        flat.save(output, "JPEG", quality=PHOTO_QUALITY, exif=b"")
        return output.getvalue(), flat.size


def _wanted_format(name: str) -> str:
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension not in settings.WAGTAILIMAGES_EXTENSIONS:
        raise DomainError("Choisissez une image JPEG, PNG, WebP ou GIF.")
    return FORMATS[extension]


def _too_many_pixels() -> str:
    millions = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    return f"Cette image est trop grande: {millions} millions de points au plus. Réduisez-la."


def _check_size(image: Image.Image) -> None:
    points = image.width * image.height * getattr(image, "n_frames", 1)
    if points > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise DomainError(_too_many_pixels())


def _check_format(image: Image.Image, wanted: str) -> None:
    found = "JPEG" if image.format == "MPO" else image.format
    if found != wanted:
        raise DomainError(
            f"Le nom de ce fichier annonce une image {wanted}, mais c’est une image {found}."
            " Corrigez la fin de son nom."
        )


def _written_again(image: Image.Image, wanted: str) -> bytes:
    options: dict[str, object] = {}
    if profile := image.info.get("icc_profile"):
        options["icc_profile"] = profile
    output = io.BytesIO()
    if wanted in ("GIF", "WEBP") and getattr(image, "n_frames", 1) > 1:
        frames = [frame.copy() for frame in ImageSequence.Iterator(image)]
        durations = [frame.info.get("duration", 100) for frame in frames]
        frames[0].save(
            output,
            wanted,
            save_all=True,
            append_images=frames[1:],
            duration=durations,
            loop=image.info.get("loop", 0),
        )
        return output.getvalue()
    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode == "CMYK":  # made for a press: its profile too
        upright = upright.convert("RGB")
        options.pop("icc_profile", None)
    # A fresh picture: nothing of the original's `info` (EXIF, XMP, comments) is carried along.
    clean = upright.copy()
    clean.info = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
    if wanted == "JPEG":
        options["quality"] = JPEG_QUALITY
    if wanted in ("JPEG", "WEBP", "PNG"):
        options["exif"] = b""
    clean.save(output, wanted, **options)
    return output.getvalue()
