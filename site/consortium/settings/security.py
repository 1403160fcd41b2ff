"""What a browser may do with our pages: one module, so that Django 6's own CSP can replace it.

The public policy allows nothing but ourselves, and no inline script or style. Wagtail's editor
needs inline styles and, for its date choosers, inline scripts: `/admin/` has a policy of its own
(`consortium.middleware.ContentPolicyMiddleware` chooses).
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE

PUBLIC_DIRECTIVES = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "media-src": [SELF],
    "connect-src": [SELF],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}
ADMIN_DIRECTIVES = PUBLIC_DIRECTIVES | {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "frame-ancestors": [SELF],  # previews are shown in a frame
}
ADMIN_PREFIX = "/admin/"

PERMISSIONS_POLICY = {
    "accelerometer": [],
    "autoplay": [],
    "camera": [],
    "display-capture": [],
    "geolocation": [],
    "gyroscope": [],
    "magnetometer": [],
    "microphone": [],
    "midi": [],
    "payment": [],
    "usb": [],
}


def with_media_origin(directives: dict[str, list[str]], origin: str) -> dict[str, list[str]]:
    """The same directives, with pictures and films also from `origin` (a media domain of ours)."""
    if not origin:
        return directives
    return directives | {
        "img-src": [*directives["img-src"], origin],
        "media-src": [*directives["media-src"], origin],
    }
