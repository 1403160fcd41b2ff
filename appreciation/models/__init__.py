"""The nouns of a démarche, one file each; page types come last."""

from appreciation.models.adopted_versions import AdoptedVersion
from appreciation.models.appraisals import (
    Appraisal,
    Membership,
    PhaseRecord,
    PhaseTask,
    TransitionLog,
)
from appreciation.models.check_ins import CheckIn, CheckInAnswer
from appreciation.models.corrections import Correction, CorrectionContact
from appreciation.models.directory import DirectoryEntry
from appreciation.models.document_templates import DocumentTemplate
from appreciation.models.dots import DotCount, DotOption, DotPoll, DotVote
from appreciation.models.drafts import Draft
from appreciation.models.evenings import MeetingMinutes, MeetingPhoto
from appreciation.models.exports import ExportJob
from appreciation.models.follow_up import FacilitatorReview, Outcome
from appreciation.models.followers import Follower
from appreciation.models.gatherings import PracticalItem, PublicReply
from appreciation.models.help import FrequentQuestion, HelpMessage, HelpRequest
from appreciation.models.incidents import Incident, PersonErasure
from appreciation.models.instruments import (
    Instrument,
    InstrumentDimension,
    Item,
    Scale,
    ScaleLevel,
)
from appreciation.models.interests import InterestRequest
from appreciation.models.invitees import ClosedInvitation, Invitee, InviteeCount
from appreciation.models.meetings import (
    EveningPass,
    JoinAttempt,
    Meeting,
    MeetingLog,
    Round,
    Seat,
    SectorTally,
)
from appreciation.models.messages import MessageSent, MessageText
from appreciation.models.outcomes import Action, Finding, ReportSection
from appreciation.models.place_words import PlaceFact, PlaceReading
from appreciation.models.portraits import LocalFact, OtherConsultation, PortraitFigure
from appreciation.models.practices import PracticeOrigin, PracticeSetAside
from appreciation.models.publications import Publication
from appreciation.models.ratings import (
    AgreedRating,
    Comment,
    ExitAnswer,
    ExitHandCount,
    HandCount,
    Rating,
    RatingCorrection,
    RatingCount,
)
from appreciation.models.rehearsals import Rehearsal
from appreciation.models.restitution import Restitution
from appreciation.models.room_mix import GroupTally
from appreciation.models.room_words import RoomHeading, RoomQuestion, RoomWord
from appreciation.models.syntheses import (
    CodedFinding,
    Synthesis,
    SynthesisEdition,
    SynthesisQuote,
    SynthesisSource,
    SynthesisText,
    Theme,
)
from appreciation.models.tables import DiscussionTable, TableRating
from appreciation.models.tools import Tool, ToolFormat, ToolUse
from appreciation.pages.places import PlaceIndexPage, PlacePage
from appreciation.pages.register import AppraisalPage, RegisterPage
from appreciation.pages.syntheses import SynthesisIndexPage, SynthesisPage
from appreciation.pages.toolkit import ToolkitPage, ToolkitStepPage, ToolkitStepVariant
from appreciation.pages.videos import VideoIndexPage, VideoPage

__all__ = [
    "Action",
    "AdoptedVersion",
    "AgreedRating",
    "Appraisal",
    "AppraisalPage",
    "CheckIn",
    "CheckInAnswer",
    "ClosedInvitation",
    "CodedFinding",
    "Comment",
    "Correction",
    "CorrectionContact",
    "DirectoryEntry",
    "DiscussionTable",
    "DocumentTemplate",
    "DotCount",
    "DotOption",
    "DotPoll",
    "DotVote",
    "Draft",
    "EveningPass",
    "ExitAnswer",
    "ExitHandCount",
    "ExportJob",
    "FacilitatorReview",
    "Finding",
    "Follower",
    "FrequentQuestion",
    "GroupTally",
    "HandCount",
    "HelpMessage",
    "HelpRequest",
    "Incident",
    "Instrument",
    "InstrumentDimension",
    "InterestRequest",
    "Invitee",
    "InviteeCount",
    "Item",
    "JoinAttempt",
    "LocalFact",
    "Meeting",
    "MeetingLog",
    "MeetingMinutes",
    "MeetingPhoto",
    "Membership",
    "MessageSent",
    "MessageText",
    "OtherConsultation",
    "Outcome",
    "PersonErasure",
    "PhaseRecord",
    "PhaseTask",
    "PlaceFact",
    "PlaceIndexPage",
    "PlacePage",
    "PlaceReading",
    "PortraitFigure",
    "PracticalItem",
    "PracticeOrigin",
    "PracticeSetAside",
    "PublicReply",
    "Publication",
    "Rating",
    "RatingCorrection",
    "RatingCount",
    "RegisterPage",
    "Rehearsal",
    "ReportSection",
    "Restitution",
    "RoomHeading",
    "RoomQuestion",
    "RoomWord",
    "Round",
    "Scale",
    "ScaleLevel",
    "Seat",
    "SectorTally",
    "Synthesis",
    "SynthesisEdition",
    "SynthesisIndexPage",
    "SynthesisPage",
    "SynthesisQuote",
    "SynthesisSource",
    "SynthesisText",
    "TableRating",
    "Theme",
    "Tool",
    "ToolFormat",
    "ToolUse",
    "ToolkitPage",
    "ToolkitStepPage",
    "ToolkitStepVariant",
    "TransitionLog",
    "VideoIndexPage",
    "VideoPage",
]
