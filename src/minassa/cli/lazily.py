"""A group of commands that are loaded when they are asked for: `minassa --help` answers before any engine is up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

import click


class Later(NamedTuple):
    """A command not loaded yet: its module, its name there, and the line that the help shows of it."""

    module: str
    name: str
    line: str


class LazyGroup(click.Group):
    """A group that imports the module of a command by name, the first time that command is asked for."""

    later: Mapping[str, Later]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order in which they are used."""
        del ctx
        return list(self.later)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded; None when there is none."""
        del ctx
        if cmd_name not in self.later:
            return None
        module, name, _ = self.later[cmd_name]
        command = getattr(import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from their lines alone."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, later.line) for name, later in self.later.items()])


def lazy_group(later: Mapping[str, Later]) -> Callable[[Callable[..., None]], LazyGroup]:
    """Make a group of commands to be loaded later out of a function that sets the context."""

    def made(function: Callable[..., None]) -> LazyGroup:
        group = click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})(function)
        group.later = later
        return group

    return made
