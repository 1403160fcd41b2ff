"""Forms of the admin's image, document and media screens: add, add many, edit."""

from __future__ import annotations

import logging

from django import forms
from django.db.models.fields.files import FieldFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.fields import DocumentField, ImageField
from cms.stored_documents import NO_ROOM

logger = logging.getLogger("consortium.uploads")


class StoresFileWhileCheckingMixin:
    """The file is written while the form is checked, so that a full disk is a form error."""

    stored_fields = ("file",)

    def _use_field(self, name: str, field_class: type, **options) -> None:
        """Put our field in the place of upstream's, with the same label and widget."""
        if name in self.fields:
            upstream = self.fields[name]
            self.fields[name] = field_class(
                label=upstream.label,
                required=upstream.required,
                widget=upstream.widget if isinstance(upstream.widget, forms.FileInput) else None,
                **options,
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        for name in self.stored_fields:
            stored = getattr(self.instance, name)
            if name in self.changed_data and stored and not stored._committed:  # noqa: SLF001
                self._store(name, stored)

    def _store(self, name: str, stored: FieldFile) -> None:
        content = stored.file
        try:
            stored.save(stored.name, content, save=False)
        except OSError as error:
            logger.error("Fichier non enregistré: %s", type(error).__name__)  # noqa: TRY400
            self.add_error(name, NO_ROOM)
            return
        if not hasattr(content, "temporary_file_path"):
            # Upstream measures it next: from memory, not from the storage again.
            getattr(self.instance, name).file = content


class ImageForm(StoresFileWhileCheckingMixin, BaseImageForm):
    class Meta(BaseImageForm.Meta):
        pass

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._use_field("file", ImageField)


class DocumentForm(StoresFileWhileCheckingMixin, BaseDocumentForm):
    class Meta(BaseDocumentForm.Meta):
        pass

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._use_field("file", DocumentField)
        if "is_private" in self.fields:
            # Not a check box: adding many at a time sends nothing, which must mean private.
            self.fields["is_private"] = forms.TypedChoiceField(
                label="Qui peut le lire",
                choices=[("True", "Les personnes qui y ont droit"), ("False", "Tout le monde")],
                coerce=lambda value: value != "False",
                empty_value=True,
                required=False,
                widget=forms.RadioSelect,
            )
