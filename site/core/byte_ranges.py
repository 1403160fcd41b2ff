"""HTTP byte ranges (RFC 9110 §14): a film can be wound forward."""

from __future__ import annotations

import re

_ONE_RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)$")
_MOST_DIGITS = 18
_BEYOND = 10**_MOST_DIGITS
"""Farther than any file: Python refuses to read numbers of thousands of digits."""


class RangeNotSatisfiableError(ValueError):
    """The range lies outside the file (416)."""


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for, or None when the whole file is to be sent.

    One range only: several ranges, another unit or nonsense get the whole file, as the standard
    allows.
    """
    match = _ONE_RANGE.match(header.strip())
    if match is None or match.group(1) == match.group(2) == "":
        return None
    first, last = match.groups()
    if first == "":
        length = min(_number(last), size)
        if length == 0:
            raise RangeNotSatisfiableError(header)
        return size - length, size - 1
    start = _number(first)
    end = min(_number(last), size - 1) if last else size - 1
    if start >= size:
        raise RangeNotSatisfiableError(header)
    if last and _number(last) < start:
        return None
    return start, end


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= _MOST_DIGITS else _BEYOND


def may_send_part(if_range: str, etag: str, last_modified: str) -> bool:
    """Whether a part still fits what the browser holds (`If-Range`): else the whole is sent.

    An imprint or the exact date; anything else, a weak imprint too, is no proof.
    """
    return if_range.strip() in ("", etag, last_modified)
