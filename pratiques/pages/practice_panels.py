"""The editor's form of a practice sheet, in the order in which a story is told."""

from django import forms
from wagtail.admin.panels import (
    FieldRowPanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)

from core.typography import fr_typo
from pratiques.pages.practice_help import HELP, OPTIONAL, TO_PUBLISH, field, rows

TITLE_PANEL = TitleFieldPanel("title", help_text=fr_typo(f"{HELP['title']} {TO_PUBLISH}"))
CONTENT_PANELS = [
    field("summary"),
    MultiFieldPanel(
        [
            field("issues", widget=forms.CheckboxSelectMultiple),
            field("dimensions", widget=forms.CheckboxSelectMultiple),
            field("sectors", widget=forms.CheckboxSelectMultiple),
        ],
        heading="De quoi il s’agit",
    ),
    MultiFieldPanel(
        [
            field("places", widget=forms.CheckboxSelectMultiple),
            FieldRowPanel([field("milieu_kind"), field("milieu_size")]),
            FieldRowPanel([field("started_in"), field("ended_in")]),
        ],
        heading="Où et quand",
    ),
    MultiFieldPanel(
        [
            field("holder_name"),
            field("holder_url"),
            FieldRowPanel([field("contact_email"), field("contact_phone")]),
            field("contact_hint"),
        ],
        heading="Qui appeler",
    ),
    MultiFieldPanel(
        [
            field("situation"),
            field("aims"),
            field("approach"),
            rows("moments", heading="Moments", label="moment"),
            field("concerned_people"),
        ],
        heading="L’histoire",
    ),
    MultiFieldPanel(
        [rows("results", heading="Résultats", label="résultat"), field("what_did_not_work")],
        heading="Ce que ça a donné",
    ),
    MultiFieldPanel(
        [
            field("success_conditions"),
            field("watch_points"),
            field("adaptation"),
            field("sequel"),
        ],
        heading="Pour s’en inspirer",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([field("cost_band"), field("cost_detail")]),
            FieldRowPanel([field("effort_band"), field("effort_detail")]),
            rows("partners", heading="Partenaires", label="partenaire"),
        ],
        heading="Moyens et partenaires",
    ),
    MultiFieldPanel(
        [
            rows("photos", heading="Photos", label="photo"),
            PageChooserPanel(
                "video_page", "appreciation.VideoPage", help_text=f"{HELP['video_page']} {OPTIONAL}"
            ),
            rows("files", heading="Documents", label="document"),
        ],
        heading="À voir et à télécharger",
    ),
    MultiFieldPanel(
        [field("status"), rows("criteria", heading="Critères", label="critère")],
        heading="Preuve",
    ),
    rows("appraisal_links", heading="Démarches liées", label="démarche"),
    MultiFieldPanel(
        [field("consent_given"), field("consent_note"), field("licence")],
        heading="Accord et licence",
    ),
]
PROVENANCE_PANELS = [
    MultiFieldPanel([field("source_name"), field("source_url")], heading="Provenance"),
]
