"""How to cite a page (O7): in a sentence, in BibTeX, and in RIS for reference managers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from core.plain_text import plain_text

FILE_TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}
BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}%&#_$"},
}


@dataclass(frozen=True)
class Citation:
    """`key` is what the address ends with; `words` say the rest, up to the address."""

    key: str
    author: str
    year: int
    title: str
    publisher: str
    words: str
    url: str
    abstract: str = ""

    def as_bibtex(self) -> str:
        fields = {
            "author": f"{{{_bibtex(self.author)}}}",
            "title": f"{{{_bibtex(self.title)}}}",
            "year": str(self.year),
            "howpublished": _bibtex(self.publisher),
            "url": _one_line(self.url),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return "\n".join([f"@misc{{{self.key},", *lines, "}", ""])

    def as_ris(self) -> str:
        fields = [
            ("TY", "ELEC"),
            ("AU", f"{self.author},"),
            ("PY", str(self.year)),
            ("TI", self.title),
            ("PB", self.publisher),
            ("AB", self.abstract),
            ("UR", self.url),
            ("ER", ""),
        ]
        told = [(tag, _one_line(value)) for tag, value in fields if value or tag == "ER"]
        return "".join(f"{tag}  - {value}\r\n" for tag, value in told)


def citation_response(citation: Citation, format_name: str) -> HttpResponse:
    """A download; `format_name` is one of `FILE_TYPES`."""
    content = citation.as_bibtex() if format_name == "bib" else citation.as_ris()
    headers = {"Content-Disposition": f'attachment; filename="{citation.key}.{format_name}"'}
    return HttpResponse(content, content_type=FILE_TYPES[format_name], headers=headers)


def organisation(name: str, **more: Any) -> dict[str, Any]:
    """An organisation for schema.org; nothing for one without a name."""
    return {"@type": "Organization", "name": name, **more} if name else {}


def _bibtex(text: str) -> str:
    return "".join(BIBTEX_SIGNS.get(sign, sign) for sign in _one_line(text))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", plain_text(text)).strip()
