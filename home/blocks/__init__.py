"""What a page may be made of: the shared blocks, and teasers of what upper apps hold."""

from cms.blocks import SHARED_BLOCKS
from home.blocks.contact import ContactBlock
from home.blocks.teasers import AppraisalTeaserBlock, PracticeTeaserBlock, ResourceTeaserBlock

SUGGESTED = "Ce que le site sait déjà"
PAGE_BLOCKS = [
    *SHARED_BLOCKS,
    ("practice", PracticeTeaserBlock(group=SUGGESTED)),
    ("appraisal", AppraisalTeaserBlock(group=SUGGESTED)),
    ("resource", ResourceTeaserBlock(group=SUGGESTED)),
    ("contact", ContactBlock(group=SUGGESTED)),
]
