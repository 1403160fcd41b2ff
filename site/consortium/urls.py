"""Every address of the site. French paths, English names (DESIGN.md §6)."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts import urls_sign_in
from accounts.views.account import admin_door
from appreciation.views.rsvp import rsvp
from cms import views as cms_views
from cms.serving import serve
from consortium.health import health
from core.joined_styles import joined_styles

handler400 = "consortium.error_pages.bad_request"
handler403 = "consortium.error_pages.forbidden"
handler404 = "consortium.error_pages.not_found"
handler429 = "consortium.error_pages.too_many"
handler500 = "consortium.error_pages.server_error"

pages = [
    *wagtail_urls.urlpatterns[:-1],  # all but its view of pages, which is ours
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
]
urlpatterns = [
    path("sante/", health, name="health"),
    path("styles/<slug:imprint>/<slug:names>.css", joined_styles, name="joined_styles"),
    path("media/<path:name>", cms_views.media, name="media"),
    path("pistes/<slug:fingerprint>.vtt", cms_views.track, name="media_track"),
    path("admin/login/", admin_door, name="admin_door"),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("admin/pages/", include("cms.page_screen_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path(
        "documents/<int:document_id>/<str:document_filename>",
        cms_views.document,
        name="wagtaildocs_serve",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("espace/rencontres-regionales/", include("rencontres.urls.space")),
    path("espace/", include("appreciation.urls.space")),
    path("r/", include("appreciation.urls.participant")),
    path("communaute-interessee/", include("appreciation.urls.public")),
    path("suivre/", include("appreciation.urls.following")),
    path("suivi/", include("appreciation.urls.follow_up")),
    path("courriels/", include("appreciation.urls.mail_choices")),
    path("pratiques/", include("pratiques.urls")),
    path("rencontres/", include("rencontres.urls")),
    path("demarches/", include("appreciation.urls.register")),
    path("api/v1/", include("home.urls.api")),
    path("ma-selection/", include("home.urls.selection")),
    path("invitation/<str:token>/", rsvp, name="rsvp"),
    path("rencontre/", include("appreciation.urls.participant_invitations")),
    path("comptes/", include("accounts.urls")),
    path("comptes/", include(urls_sign_in)),
    path("pratiques/", include("pratiques.urls.contact")),
    path("", include("home.urls")),
    path("", include(pages)),
]
