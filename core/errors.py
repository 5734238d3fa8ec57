"""What an action raises when the user's wish cannot be done."""


class DomainError(Exception):
    """A refusal with a Dutch text for the user; `field` names the form field it belongs to."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        self.field = field


class Conflict(DomainError):
    """Somebody was first: the row is no longer in the state this action starts from."""
