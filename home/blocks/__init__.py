"""What a page may be made of: the shared blocks, and teasers of what upper apps hold."""

from cms.blocks import SHARED_BLOCKS
from home.blocks.teasers import AppraisalTeaserBlock, PracticeTeaserBlock

SUGGESTED = "D’autres pages du site"
PAGE_BLOCKS = [
    *SHARED_BLOCKS,
    ("practice", PracticeTeaserBlock(group=SUGGESTED)),
    ("appraisal", AppraisalTeaserBlock(group=SUGGESTED)),
]
