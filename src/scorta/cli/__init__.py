"""The command line: manners only, every verb is a function of the desk."""

from scorta.cli import comparing as comparing
from scorta.cli import explaining as explaining
from scorta.cli.commands import main as main
