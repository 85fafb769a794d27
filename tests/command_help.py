"""`python -m command_help`: the help of every command, and on the other stream how far the interpreter is optimised."""

import sys

import click

from generator.cli import VERBS, main

for name, command in {"papershelf": main, **{name: main.get_command(None, name) for name in VERBS}}.items():
    with click.Context(command, info_name=name, terminal_width=100, **main.context_settings) as context:
        click.echo(command.get_help(context))
click.echo(sys.flags.optimize, err=True)
