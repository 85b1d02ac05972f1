"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

chapters_argument = click.argument("chapters", nargs=-1)
course_option = click.option(
    "--course-dir", type=click.Path(path_type=Path), default=".", show_default=True, help="The course directory."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result for programs.")
isolation_option = click.option("--isolation", default="auto", show_default=True, help="auto, bubblewrap or process.")
