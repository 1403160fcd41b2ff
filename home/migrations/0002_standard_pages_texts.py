"""Texts of ordinary pages become one block of text each, in pages and in all their versions.

Data only: the column is still a text here, and becomes a stream in the next migration.
"""

import json
import uuid

from django.db import migrations


def as_stream(html: str) -> str:
    """What the field of blocks reads. A text that is already one is left as it is."""
    if is_stream(html):
        return html
    if not html.strip():
        return "[]"
    return json.dumps([{"type": "text", "value": html, "id": str(uuid.uuid4())}])


def as_html(stream: str) -> str:
    """The texts of a stream, one after the other; other blocks did not exist before."""
    if not is_stream(stream):
        return stream
    return "".join(block["value"] for block in json.loads(stream) if block["type"] == "text")


def is_stream(text: str) -> bool:
    try:
        return isinstance(json.loads(text), list)
    except ValueError:
        return False


def convert_pages(apps, change) -> None:
    pages = apps.get_model("home", "StandardPage").objects
    for pk, body in pages.values_list("pk", "body"):
        pages.filter(pk=pk).update(body=change(body))


def convert_versions(apps, change) -> None:
    """Drafts and older versions keep the page as it was in JSON."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    kind = content_types.filter(app_label="home", model="standardpage").first()
    versions = apps.get_model("wagtailcore", "Revision").objects
    for version in versions.filter(content_type_id=kind.pk if kind else None):
        content = version.content
        if isinstance(content.get("body"), str):
            content["body"] = change(content["body"])
            versions.filter(pk=version.pk).update(content=content)


def forwards(apps, schema_editor) -> None:
    convert_pages(apps, as_stream)
    convert_versions(apps, as_stream)


def backwards(apps, schema_editor) -> None:
    convert_pages(apps, as_html)
    convert_versions(apps, as_html)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
