"""Texts of other sites made ours: HTML, markdown or plain lines in, the few tags we keep out.

Whatever is not one of these tags goes, and scripts go with what they hold.
"""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

from core.plain_text import plain_text

KEPT = {"p", "b", "i", "a", "ol", "ul", "li", "br"}
TITLES = {f"h{level}" for level in range(1, 7)}
READ = KEPT | TITLES | {"strong", "em", "div", "tr", "blockquote"}
"""Tags that say something; those not KEPT are then said with one that is."""
SCHEMES = {"http", "https", "mailto"}
PARAGRAPHS = "blockquote|div|tr"
ITEM = re.compile(r"\s*(?:[-*+•–]|(\d{1,3})[.)])\s+(.*)")
HEADING = re.compile(r"(#{1,6})\s*(.*?)\s*#*")
RULE = re.compile(r"\s*(?:[-*_] ?){3,}\s*")
WIDE_GAP = re.compile(r"[ \t\N{NO-BREAK SPACE}]{3,}")


def from_html(text: str) -> str:
    """Its titles become bold lines; images, styles, classes and scripts are left out."""
    kept = nh3.clean(
        plain_text(text),
        tags=READ,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel=None,
    )
    kept = re.sub(r"<(/?)strong>", r"<\1b>", kept)
    kept = re.sub(r"<(/?)em>", r"<\1i>", kept)
    kept = re.sub(r"<h[1-6]>", "<p><b>", re.sub(r"</h[1-6]>", "</b></p>", kept))
    kept = re.sub(rf"<(/?)(?:{PARAGRAPHS})>", r"<\1p>", kept)
    kept = canonical(kept)
    if kept and not re.match(r"<(?:p|ol|ul)>", kept):
        kept = canonical(f"<p>{kept}</p>")
    return kept


def canonical(text: str) -> str:
    """The same words written one way only, so that two versions can be compared."""
    kept = nh3.clean(
        text, tags=KEPT, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None
    )
    kept = re.sub(r"[ \t\n]+", " ", kept.replace("&nbsp;", "\N{NO-BREAK SPACE}"))
    kept = re.sub(r" ?(</?(?:p|ol|ul|li)>|<br>) ?", r"\1", kept)
    return re.sub(r"<p>(?:<b></b>|<br>)*</p>", "", kept).strip()


def from_plain(text: str) -> str:
    """Paragraphs and lists from lines; a wide gap is a line that was lost on the way."""
    lines = WIDE_GAP.sub("\n", plain_text(text)).split("\n")
    return from_html(_Blocks(joined=False).read([escape(line, quote=False) for line in lines]))


def from_markdown(text: str) -> str:
    """The part of markdown that sheets use: titles, lists, bold, italics, links."""
    return from_html(_Blocks(joined=True).read(plain_text(text).split("\n")))


def to_plain(rich: str) -> str:
    """The words alone, one line by paragraph or item."""
    text = re.sub(r"</(?:p|li)>|<br>", "\n", canonical(rich))
    lines = (line.strip() for line in re.sub(r"<[^>]*>", "", text).split("\n"))
    return "\n\n".join(unescape(line) for line in lines if line)


def sections_of(text: str) -> list[tuple[str, str]]:
    """A markdown text cut at its titles: (title, what follows). What precedes the first has « ».

    A single first-level title names the whole, and is no section. Deeper titles stay in theirs.
    """
    lines = plain_text(text).split("\n")
    found = {number: _title(line) for number, line in enumerate(lines)}
    levels = [title[0] for title in found.values() if title]
    top = min((level for level in levels if level > 1 or levels.count(1) > 1), default=0)
    sections: list[tuple[str, list[str]]] = [("", [])]
    for number, line in enumerate(lines):
        title = found[number]
        if title and title[0] == top:
            sections.append((title[1], []))
        elif not title or title[0] != 1 or top == 1:
            sections[-1][1].append(line)
    cut = [(title, "\n".join(body).strip()) for title, body in sections]
    return [(title, body) for title, body in cut if body]


def _title(line: str) -> tuple[int, str] | None:
    found = HEADING.fullmatch(line.strip()) if line.startswith("#") else None
    return (len(found[1]), to_plain(from_html(_inline(found[2])))) if found else None


class _Blocks:
    """HTML of lines, one after the other. `joined`: a line goes on with the next, until an empty
    one."""

    def __init__(self, *, joined: bool) -> None:
        self.joined = joined
        self.tag = "ul"
        self.paragraph: list[str] = []
        self.items: list[str] = []
        self.html: list[str] = []

    def read(self, lines: list[str]) -> str:
        for line in lines:
            self._read(line)
        self._end()
        return "".join(self.html)

    def _read(self, line: str) -> None:
        heading = HEADING.fullmatch(line.strip()) if self.joined else None
        if item := ITEM.fullmatch(line):
            self._add_item("ol" if item[1] else "ul", item[2])
        elif heading or not line.strip() or RULE.fullmatch(line):
            self._end()
            if heading and heading[2]:
                self.html.append(f"<p><b>{re.sub('</?b>', '', self._said(heading[2]))}</b></p>")
        elif self.items and self.joined:
            self.items[-1] += f" {line.strip()}"
        else:
            if self.items or not self.joined:
                self._end()
            self.paragraph.append(line.strip())

    def _add_item(self, tag: str, text: str) -> None:
        if self.paragraph or tag != self.tag:
            self._end()
        self.tag = tag
        self.items.append(text)

    def _end(self) -> None:
        if self.paragraph:
            self.html.append(f"<p>{self._said(' '.join(self.paragraph))}</p>")
        if self.items:
            items = "".join(f"<li>{self._said(item)}</li>" for item in self.items)
            self.html.append(f"<{self.tag}>{items}</{self.tag}>")
        self.paragraph, self.items = [], []

    def _said(self, text: str) -> str:
        return _inline(text) if self.joined else text


INLINE = (
    (re.compile(r"\[\d{1,3}\]\(#[^()]{0,200}\)"), ""),  # a call to a footnote of theirs
    (re.compile(r"\*\*\s?\*\*"), ""),
    (re.compile(r"!\[[^\[\]]{0,500}\]\([^()\s]{0,1000}[^()]{0,200}\)"), ""),
    (
        re.compile(r"\[([^\[\]]{1,500})\]\((https?://[^()\s\"<>]{1,1000})[^()]{0,200}\)"),
        r'<a href="\2">\1</a>',
    ),
    (re.compile(r"\[([^\[\]]{1,500})\]\([^()]{0,1000}\)"), r"\1"),
    (re.compile(r"<(https?://[^\s<>\"]{1,1000})>"), r'<a href="\1">\1</a>'),
    (re.compile(r"\*\*([^*\s](?:[^*]{0,1000}[^*\s])?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"__([^_\s](?:[^_]{0,1000}[^_\s])?)__"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w*])\*([^*\s](?:[^*]{0,1000}[^*\s])?)\*(?![\w*])"), r"<i>\1</i>"),
    (re.compile(r"(?<![\w/])_([^_\s](?:[^_]{0,1000}[^_\s])?)_(?!\w)"), r"<i>\1</i>"),
    (re.compile(r"`([^`]{1,500})`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!-])"), r"\1"),
)
"""Every length is bounded: a hostile line costs what an honest one does."""


def _inline(line: str) -> str:
    for pattern, said in INLINE:
        line = pattern.sub(said, line)
    return line
