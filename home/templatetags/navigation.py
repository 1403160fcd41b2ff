"""Menus: they list only what exists."""

from __future__ import annotations

from django import template

from home.domain.navigation import children_of_home

register = template.Library()


@register.simple_tag(takes_context=True)
def menu_place(context: template.Context) -> tuple[str, ...]:
    """Where the request stands for the main menu: all that its drawing depends on."""
    request = context.get("request")
    if request is None:
        return ()
    urls = [page.get_url(request) for page in children_of_home(request) if page.show_in_menus]
    here = (url for url in urls if url in request.path)
    return tuple(f"={url}" if url == request.path else url for url in here)


@register.inclusion_tag("components/main_menu.html", takes_context=True)
def main_menu(context: template.Context) -> dict[str, object]:
    """Live pages marked « dans les menus » right under the home page, then the space."""
    request = context.get("request")
    pages = [page for page in children_of_home(request) if page.show_in_menus]
    return {"menu_pages": pages, "request": request, "path": request.path if request else ""}


@register.inclusion_tag("components/footer_menu.html", takes_context=True)
def footer_menu(context: template.Context) -> dict[str, object]:
    """Live pages right under the home page that are not in the main menu."""
    request = context.get("request")
    pages = [page for page in children_of_home(request) if not page.show_in_menus]
    return {"menu_pages": pages, "request": request, "settings": context.get("settings")}
