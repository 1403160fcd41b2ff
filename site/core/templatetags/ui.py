"""Small pieces of screen: the mark, icons, form fields with their help and error."""

from functools import cache

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.phones import digits_to_dial, with_phones_linked
from core.shapes import SHAPES, TURN

register = template.Library()

ICONS = {
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "back": "M20 12H5M11 6l-6 6 6 6",
    "check": "M4 12.5l5.5 5.5L20 7",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l4 2",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 21 21",
    "attention": "M12 3 2.5 20h19ZM12 10v4.5M12 17.2v.1",
    "download": "M12 4v11M7 10.5l5 5 5-5M4 20h16",
    "print": "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7Z",
    "phone": "M8 3h8v18H8ZM11 18h2",
    "paper": "M6 3h9l4 4v14H6ZM14 3v5h5M9 13h7M9 17h7",
    "hand": "M8 12V5.5a1.5 1.5 0 0 1 3 0V11V4a1.5 1.5 0 0 1 3 0v7V5.5a1.5 1.5 0 0 1 3 0V15"
    "a6 6 0 0 1-6 6c-3 0-4-2-6-6.5a1.5 1.5 0 0 1 2.6-1.5L8 14.5",
    "screen": "M3 5h18v11H3ZM9 20h6M12 16v4",
    "lock": "M6 11h12v9H6ZM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0"
    "M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14a6.5 6.5 0 0 1 3.5 6",
    "pause": "M8 5v14M16 5v14",
    "play": "M7 4l13 8-13 8Z",
    "eye": "M2 12s3.5-7 10-7 10 7 10 7-3.5 7-10 7-10-7-10-7ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
    "mail": "M3 6h18v13H3ZM3.5 7l8.5 6.5L20.5 7",
    "edit": "M4 20l1-4L16 5l3 3L8 19ZM13.5 7.5l3 3",
    "plus": "M12 5v14M5 12h14",
    "close": "M6 6l12 12M18 6 6 18",
}
"""2.2 px strokes on a 24 px grid, always beside a word."""


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A drawing beside a word, silent for screen readers. KeyError for an unknown name."""
    return render_to_string("components/icon.html", {"path": ICONS[name]})


@register.inclusion_tag("components/mark.html")
def mark(where: str = "entete") -> dict[str, str]:
    """The round mark. `where` gives its mask an id of its own in the page."""
    return {"mask_id": f"marque-{where}"}


@register.simple_tag
@cache
def shape(number: int) -> SafeString:
    """The shape of a territory (core.shapes), beside its name, silent for screen readers."""
    return render_to_string("components/shape.html", {"number": number, "path": SHAPES[number]})


@register.inclusion_tag("components/tour.html")
def tour(step: int) -> dict[str, object]:
    """The turn of eight phases with `step` (1 to 8) under way; 9: all done. Beside its words."""
    classes = ["on" if arc < step else "cur" if arc == step else "off" for arc in range(1, 9)]
    return {"arcs": list(zip(classes, TURN, strict=True))}


@register.filter
def to_dial(phone: str) -> str:
    """What a `tel:` link dials."""
    return digits_to_dial(phone)


@register.filter
def phones_linked(text: str) -> SafeString:
    """A plain text, escaped, whose telephone numbers are links."""
    return with_phones_linked(text)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """One form field: label, help, error, control, tied together for screen readers."""
    widget = bound.field.widget
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    described = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    return {
        "field": bound,
        "is_group": is_group,
        "is_checkbox": isinstance(widget, CheckboxInput),
        "described_by": " ".join(described),
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form) -> dict[str, object]:
    """What to correct, with a link to each field; takes focus when the page opens."""
    return {"form": form}
