"""What a command tells while it works, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.errors import Refusal


class progress:  # noqa: N801 - reads as a verb where it is used
    """A counter on a terminal's stderr; silent when quiet or piped."""

    def __init__(self, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._count = 0

    def __enter__(self) -> Callable[[str], None]:
        return self._tick

    def _tick(self, name: str) -> None:
        self._count += 1
        if self._shown:
            click.echo(f"\r\x1b[K{self._count} read: {name}"[:100], nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self._shown and self._count:
            click.echo("\r\x1b[K", nl=False, err=True)


def end_with(ctx: click.Context, refusals: tuple[Refusal, ...]) -> None:
    """List what was refused; empty articles are told but are no failure."""
    for refusal in refusals:
        click.echo(f"refused: {refusal}", err=True)
    ctx.exit(1 if any(r.code not in _HARMLESS for r in refusals) else 0)


_HARMLESS = frozenset({"empty", "duplicate"})
