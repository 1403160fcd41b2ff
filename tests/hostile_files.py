"""Hostile and broken uploads, made here byte by byte (QUALITY.md §4 rows 14 and 15)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache

from PIL import Image, TiffImagePlugin

GPS_IFD = 0x8825


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    output = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(output, kind, **options)
    return output.getvalue()


def jpeg_with_place() -> bytes:
    """A sideways photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Appareil-Canari"
    degrees = TiffImagePlugin.IFDRational
    exif.get_ifd(GPS_IFD).update(
        {1: "N", 2: (degrees(46), degrees(20), degrees(0)), 3: "W", 4: (degrees(72),) * 3}
    )
    return picture(exif=exif, comment=b"commentaire canari")


def tiny_film() -> bytes:
    """An honest MP4 header: enough to be recognised."""
    return b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64


def truncated_jpeg() -> bytes:
    whole = picture(size=(400, 300))
    return whole[: len(whole) // 2]


def headless_jpeg() -> bytes:
    """Sniffed as a JPEG by its first bytes, and nothing behind."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40


def polyglot_gif() -> bytes:
    """A GIF header in front of a script."""
    return b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)//"


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = _png_chunk(b"IDAT", zlib.compress(b"\x00" * (min(width, 64) + 1) * min(height, 64)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _png_chunk(b"IHDR", header)
        + b"".join(chunks)
        + body
        + _png_chunk(b"IEND", b"")
    )


@cache
def png_text_bomb() -> bytes:
    """A few kilobytes of compressed comment that unpack to 64 MB."""
    text = zlib.compress(b"a" * 64 * 1024 * 1024, 9)
    return _png(8, 8, _png_chunk(b"zTXt", b"Comment\x00\x00" + text))


def huge_png() -> bytes:
    return _png(60_000, 60_000)


def many_points_png() -> bytes:
    """Over our own cap, under Pillow's."""
    return _png(8_000, 6_000)


def bad_checksum_png() -> bytes:
    whole = bytearray(picture("PNG"))
    whole[45] ^= 0xFF
    return bytes(whole)


def svg_with_script() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def html_page() -> bytes:
    return b"<!doctype html><script>alert(1)</script>"


def bare_heic() -> bytes:
    """What a telephone sends when nobody asked it for a JPEG."""
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64


def sixty_million_points() -> bytes:
    """A real photo's worth of points in a few kilobytes."""
    output = io.BytesIO()
    Image.new("1", (10_000, 6_000)).save(output, "PNG")
    return output.getvalue()


def cmyk_jpeg() -> bytes:
    """A photo made for a printing press."""
    output = io.BytesIO()
    Image.new("CMYK", (60, 40), (0, 255, 255, 0)).save(output, "JPEG", quality=95)
    return output.getvalue()


def word_bomb() -> bytes:
    """A letter of a few kilobytes that unpacks to a thousand times its weight."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(4 * 1024 * 1024))
    return output.getvalue()


REFUSED_IMAGES = {
    "tronquée.jpg": truncated_jpeg,
    "entête.jpg": headless_jpeg,
    "polyglotte.gif": polyglot_gif,
    "bombe.png": png_text_bomb,
    "immense.png": huge_png,
    "points.png": many_points_png,
    "somme.png": bad_checksum_png,
    "dessin.svg": svg_with_script,
    "dessin.png": svg_with_script,
    "page.jpg": html_page,
    "menteuse.png": picture,  # a JPEG named PNG
    "vide.webp": lambda: b"RIFF\x00\x00\x00\x00WEBP",
    "IMG_1.HEIC": bare_heic,
    "renommée.jpg": bare_heic,
    "programme.jpg": lambda: b"MZ\x90\x00" + b"\x00" * 200,
    "soixante.png": sixty_million_points,
    "icone.ico": lambda: b"\x00\x00\x01\x00" + b"\x00" * 30,
}
