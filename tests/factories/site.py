"""The tree that Wagtail's first migrations make, made again after a test has emptied the tables."""

from wagtail.models import Collection, Locale, Page, Site


def ensure_site_tree() -> Page:
    """Return the root page; create the locale, root page, root collection and site when missing."""
    Locale.objects.get_or_create(language_code="fr-ca")
    if not Collection.objects.exists():
        Collection.add_root(name="Racine")
    root = Page.objects.filter(depth=1).first()
    if root is None:
        root = Page.add_root(instance=Page(title="Racine", slug="racine"))
    if not Site.objects.exists():
        Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    return root
