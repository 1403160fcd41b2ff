"""WebVTT: check a file that somebody wrote, read its cues, make a transcript of them."""

from core.captions.check import CaptionProblem, UnreadableCaptionsError, checked_web_vtt
from core.captions.cues import Cue, read_cues
from core.captions.transcript import Line, Paragraph, Section, fr_clock, transcript_of

__all__ = [
    "CaptionProblem",
    "Cue",
    "Line",
    "Paragraph",
    "Section",
    "UnreadableCaptionsError",
    "checked_web_vtt",
    "fr_clock",
    "read_cues",
    "transcript_of",
]
