"""Films kept elsewhere: which hosts are known, and the address of their player.

The address is written here from the film's number. Nobody is asked anything: neither when an
editor saves nor when somebody reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from core.errors import DomainError

UNKNOWN_HOST = (
    "Donnez l’adresse d’un film de YouTube ou de Vimeo, telle qu’elle paraît dans le navigateur."
    " D’autres sites ne peuvent pas être montrés ici: gardez le film ici, ou mettez un lien."
)
YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)
YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v)/([\w-]{11})/?", re.ASCII)
VIMEO_PATH = re.compile(
    r"/(?:channels/[\w-]+/|groups/[\w-]+/videos/|video/)?(\d{5,12})(?:/([0-9a-f]{6,20}))?/?",
    re.ASCII,
)
VIMEO_KEY = re.compile(r"[0-9a-f]{6,20}")
YOUTUBE_HOSTS = {"youtube.com", "m.youtube.com", "youtube-nocookie.com", "youtu.be"}
VIMEO_HOSTS = {"vimeo.com", "player.vimeo.com"}


@dataclass(frozen=True)
class Embed:
    """`player_url` goes in a frame, once asked for; `page_url` is the film at home."""

    host: str
    player_origin: str
    player_url: str
    page_url: str


def embed_of(url: str) -> Embed:
    """The player of a film of YouTube (its discreet address) or Vimeo (asked not to track)."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        raise DomainError(UNKNOWN_HOST) from None
    embed = None
    # A name or a port in the address is nothing a browser shows: somebody means to deceive.
    if parts.scheme in ("http", "https") and not {"@", ":"} & set(parts.netloc):
        if host in YOUTUBE_HOSTS:
            embed = _youtube(host, parts.path, parse_qs(parts.query))
        elif host in VIMEO_HOSTS:
            embed = _vimeo(parts.path, parse_qs(parts.query))
    if embed is None:
        raise DomainError(UNKNOWN_HOST)
    return embed


def _youtube(host: str, path: str, query: dict[str, list[str]]) -> Embed | None:
    if host == "youtu.be":
        number = path.strip("/")
    elif match := YOUTUBE_PATH.fullmatch(path):
        number = match.group(1)
    else:
        number = query.get("v", [""])[0] if path == "/watch" else ""
    if not YOUTUBE_ID.fullmatch(number):
        return None
    origin = "https://www.youtube-nocookie.com"
    options = urlencode({"cc_load_policy": 1, "cc_lang_pref": "fr", "hl": "fr", "rel": 0})
    return Embed(
        host="YouTube",
        player_origin=origin,
        player_url=f"{origin}/embed/{number}?{options}",
        page_url=f"https://www.youtube.com/watch?v={number}",
    )


def _vimeo(path: str, query: dict[str, list[str]]) -> Embed | None:
    match = VIMEO_PATH.fullmatch(path)
    if match is None:
        return None
    number, key = match.group(1), match.group(2) or query.get("h", [""])[0]
    if key and not VIMEO_KEY.fullmatch(key):
        return None
    origin = "https://player.vimeo.com"
    options = {"dnt": 1, "texttrack": "fr"} | ({"h": key} if key else {})
    return Embed(
        host="Vimeo",
        player_origin=origin,
        player_url=f"{origin}/video/{number}?{urlencode(options)}",
        page_url=f"https://vimeo.com/{number}" + (f"/{key}" if key else ""),
    )
