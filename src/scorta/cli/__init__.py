"""The command line: manners only, every verb is a function of the desk."""

from scorta.cli import answers as answers
from scorta.cli.commands import main as main
