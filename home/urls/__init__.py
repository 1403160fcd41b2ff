"""What the site's shell answers beside the pages of its tree."""

from django.conf import settings
from django.urls import path

from home.views import gallery, open_data, search, sharing, shell, sitemap, useful

urlpatterns = [
    path("robots.txt", shell.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("favicon.ico", shell.favicon, name="favicon"),
    path("apple-touch-icon.png", shell.touch_icon, name="touch_icon"),
    path("site.webmanifest", shell.manifest, name="manifest"),
    path("donnees-ouvertes/", open_data.open_data, name="open_data"),
    path("recherche/", search.search, name="search"),
    path("partage/<int:pk>.png", sharing.sharing, name="sharing"),
    path("utile/<int:pk>/", useful.useful, name="useful"),
    path("utile/<int:pk>/merci/", useful.thanks, name="useful_thanks"),
]
if settings.COMPONENTS_GALLERY:
    urlpatterns += [path("_composants/", gallery.gallery, name="gallery")]
