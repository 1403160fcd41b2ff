"""The editor's form of a practice sheet, in the order in which a story is told."""

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)

CONTENT_PANELS = [
    FieldPanel("summary"),
    MultiFieldPanel(
        [
            FieldPanel("issues"),
            FieldPanel("dimensions"),
            FieldPanel("sectors"),
        ],
        heading="De quoi il s’agit",
    ),
    MultiFieldPanel(
        [
            FieldPanel("places"),
            FieldRowPanel([FieldPanel("milieu_kind"), FieldPanel("milieu_size")]),
            FieldRowPanel([FieldPanel("started_in"), FieldPanel("ended_in")]),
        ],
        heading="Où et quand",
    ),
    MultiFieldPanel(
        [
            FieldPanel("holder_name"),
            FieldPanel("holder_url"),
            FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
            FieldPanel("contact_hint"),
        ],
        heading="Qui appeler",
    ),
    MultiFieldPanel(
        [
            FieldPanel("situation"),
            FieldPanel("aims"),
            FieldPanel("approach"),
            InlinePanel("moments", label="moment"),
            FieldPanel("concerned_people"),
        ],
        heading="L’histoire",
    ),
    MultiFieldPanel(
        [InlinePanel("results", label="résultat"), FieldPanel("what_did_not_work")],
        heading="Ce que ça a donné",
    ),
    MultiFieldPanel(
        [
            FieldPanel("success_conditions"),
            FieldPanel("watch_points"),
            FieldPanel("adaptation"),
            FieldPanel("sequel"),
        ],
        heading="Pour s’en inspirer",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("cost_band"), FieldPanel("cost_detail")]),
            FieldRowPanel([FieldPanel("effort_band"), FieldPanel("effort_detail")]),
            InlinePanel("partners", label="partenaire"),
        ],
        heading="Moyens et partenaires",
    ),
    MultiFieldPanel(
        [
            InlinePanel("photos", label="photo"),
            PageChooserPanel("video_page", "appreciation.VideoPage"),
            InlinePanel("files", label="document"),
        ],
        heading="À voir et à télécharger",
    ),
    MultiFieldPanel(
        [FieldPanel("status"), InlinePanel("criteria", label="critère")],
        heading="Preuve",
    ),
    InlinePanel("appraisal_links", heading="Démarches liées", label="démarche"),
    MultiFieldPanel(
        [FieldPanel("consent_given"), FieldPanel("consent_note"), FieldPanel("licence")],
        heading="Accord et licence",
    ),
]
PROVENANCE_PANELS = [
    MultiFieldPanel([FieldPanel("source_name"), FieldPanel("source_url")], heading="Provenance"),
]
