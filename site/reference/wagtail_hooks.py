from wagtail.snippets.models import register_snippet

from reference.viewsets import ReferenceGroup

register_snippet(ReferenceGroup)
