"""The one exception that a rule raises to say, in French, why it refuses."""


class DomainError(Exception):
    """A business rule refuses. `str(error)` is a French sentence that says what to do.

    `fields` maps a form field to its own sentence, for errors that belong to one box.
    """

    def __init__(self, message: str, *, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


class ConcurrentEditError(DomainError):
    """Somebody else saved first. `theirs` is what is stored now: both can be shown."""

    def __init__(self, message: str, *, theirs: str) -> None:
        super().__init__(message)
        self.theirs = theirs
