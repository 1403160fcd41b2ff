from django.urls import URLPattern, path

from appreciation.views import deliberation, report, results

urlpatterns: list[URLPattern] = [
    path("rencontres/<slug:reference>/resultats/", results.results, name="results"),
    path("rencontres/<slug:reference>/resultats.csv", results.results_csv, name="results_csv"),
    path(
        "rencontres/<slug:reference>/deliberation/", deliberation.deliberation, name="deliberation"
    ),
    path(
        "rencontres/<slug:reference>/deliberation/<slug:code>/",
        deliberation.deliberation_dimension,
        name="deliberation_dimension",
    ),
    path(
        "rencontres/<slug:reference>/convenu/<int:item_id>/",
        deliberation.agreed_rating,
        name="agreed_rating",
    ),
    path(
        "rencontres/<slug:reference>/convenu/<int:item_id>/retirer/",
        deliberation.agreed_rating_removal,
        name="agreed_rating_removal",
    ),
    path("rencontres/<slug:reference>/constats/", deliberation.finding_new, name="finding_new"),
    path(
        "rencontres/<slug:reference>/constats/<int:pk>/",
        deliberation.finding_edit,
        name="finding_edit",
    ),
    path(
        "rencontres/<slug:reference>/constats/<int:pk>/retirer/",
        deliberation.finding_removal,
        name="finding_removal",
    ),
    path(
        "rencontres/<slug:reference>/mots/<int:pk>/",
        deliberation.comment_choice,
        name="comment_choice",
    ),
    path("demarches/<slug:reference>/rapport/", report.report, name="report"),
    path("demarches/<slug:reference>/rapport.csv", report.report_csv, name="report_csv"),
    path(
        "demarches/<slug:reference>/rapport/apercu/", report.privacy_preview, name="privacy_preview"
    ),
    path(
        "demarches/<slug:reference>/rapport/<slug:key>/",
        report.report_section,
        name="report_section",
    ),
    path(
        "demarches/<slug:reference>/rapport/<slug:key>/remettre/",
        report.report_section_reset,
        name="report_section_reset",
    ),
]
