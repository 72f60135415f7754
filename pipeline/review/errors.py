"""Why a decision is refused, in one Spanish line."""

from pipeline.errores import ErrorDeUso


class ReviewError(ErrorDeUso):
    """A decision that the finding's state or the field does not admit; says why in one line."""


class Unchanged(ReviewError):
    """What was asked for holds already: nothing was written, and the version stays."""


class Conflict(ReviewError):
    """Somebody changed the finding after the page was opened; nothing was written. `version` is the present one."""

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version
