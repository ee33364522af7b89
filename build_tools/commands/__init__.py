"""The commands, one thin file each. Only the one that was asked for is imported."""

import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from build_tools.commands.arguments import Parser

COMMANDS = {
    "bygg": "Pröva allt och bygg sajten. Den gamla sajten står kvar om något är fel.",
    "granska": "Visa alla anmärkningar på en gång, utan att bygga.",
    "ny": "Börja på nästa rapport, med förra årets text och ingångsbalans som stöd.",
    "visa": "Förhandsvisa sajten i webbläsaren medan du skriver, med utkast och anmärkningar.",
    "testa": "Pröva själva programmet: kodstil, typer, lager och tester.",
}


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 well, 1 findings, 2 misuse."""
    _let_streams_carry_swedish()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("\nAvbrutet.\n")
        return 130
    except BrokenPipeError:
        # The reader (head, less) has gone. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(arguments: Sequence[str]) -> int:
    parser = Parser(prog=_name(), description="Prövar, skyddar och publicerar samverkansteams årsrapporter.")
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True)
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        if name == next(iter(arguments), None):
            module = importlib.import_module(f"build_tools.commands.{name}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    options = parser.parse_args(arguments)
    status: int = options.run(options)
    sys.stdout.flush()
    return status


def _name() -> str:
    return "python3 -m build_tools" if Path(sys.argv[0]).name == "__main__.py" else "samrapport"


def _let_streams_carry_swedish() -> None:
    """UTF-8 to a pipe whatever the machine is set to; on an older terminal a strange letter, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
