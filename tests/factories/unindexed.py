"""What a factory writes is not looked up in Wagtail's admin for where it is used."""

from typing import Any

from factory.django import DjangoModelFactory
from wagtail.signal_handlers import disable_reference_index_auto_update


class UnindexedFactory(DjangoModelFactory):
    """No line in Wagtail's reference index: it costs more than the row, and no test reads it."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Any:
        with disable_reference_index_auto_update():
            return super()._create(model_class, *args, **kwargs)
