"""Pictures of screens, for the eyes of a person: `SCREENSHOTS=dossier pytest tests/browser/…`."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.sizes import DESKTOP, PHONE

WIDTHS = (DESKTOP, PHONE)


class Album:
    """Numbered in the order of the road; without a folder, nothing is kept nor slowed."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder) if folder else None
        self.kept = 0

    def look(self, page: Page, name: str) -> None:
        if self.folder is None:
            return
        self.kept += 1
        seen = page.viewport_size
        page.emulate_media(reduced_motion="reduce")
        for size in WIDTHS:
            page.set_viewport_size(size)
            file = f"{self.kept:02}-{name}-{size['width']}.png"
            page.screenshot(path=self.folder / file, full_page=True)
        page.set_viewport_size(seen)


def album_asked_for() -> Album:
    return Album(os.environ.get("SCREENSHOTS", ""))
