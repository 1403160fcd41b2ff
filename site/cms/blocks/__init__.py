"""The blocks that every page of ours may be made of. Teasers of upper apps: `home.blocks`."""

from cms.blocks.data import KeyFiguresBlock, TableBlock, TimelineBlock
from cms.blocks.media import DocumentBlock, VideoBlock
from cms.blocks.pictures import FigureBlock, PictureBlock
from cms.blocks.text import AccordionBlock, CalloutBlock, QuoteBlock, TextBlock

__all__ = [
    "SHARED_BLOCKS",
    "AccordionBlock",
    "CalloutBlock",
    "DocumentBlock",
    "FigureBlock",
    "KeyFiguresBlock",
    "PictureBlock",
    "QuoteBlock",
    "TableBlock",
    "TextBlock",
    "TimelineBlock",
    "VideoBlock",
]

WORDS, SEEN, FACTS = "Du texte", "À voir et à télécharger", "Des faits"
SHARED_BLOCKS = [
    ("text", TextBlock(group=WORDS)),
    ("callout", CalloutBlock(group=WORDS)),
    ("quote", QuoteBlock(group=WORDS)),
    ("accordion", AccordionBlock(group=WORDS)),
    ("picture", PictureBlock(group=SEEN)),
    ("figure", FigureBlock(group=SEEN)),
    ("video", VideoBlock(group=SEEN)),
    ("document", DocumentBlock(group=SEEN)),
    ("key_figures", KeyFiguresBlock(group=FACTS)),
    ("table", TableBlock(group=FACTS)),
    ("timeline", TimelineBlock(group=FACTS)),
]
