"""What a reader of a format makes of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file.

    `date` is the day of publication (ISO) that the format itself states; `is_taken_out` says that the text was taken out of
    something else, so that offsets into it need the text beside them.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    date: str | None = None
    is_taken_out: bool = False
