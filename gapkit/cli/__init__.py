"""The gapkit command: each subcommand reads its arguments, calls one function, and says what came of it.

Exit status: 0 done; 1 a run failed; 2 the input or the call is wrong, with every problem listed.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from gapkit.errors import GapkitError, InputError
from gapkit.vocabulary import PHASES, SCALES

FAILED, WRONG_INPUT = 1, 2
_FOLDER = click.Path(file_okay=False, path_type=Path)


class Commands(click.Group):
    """A group whose commands may raise gapkit's own errors: they become an exit status, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and turn an error into its exit status."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            from gapkit.cli.problems import show_problems

            show_problems(error.problems)
            ctx.exit(WRONG_INPUT)
        except GapkitError as error:
            click.echo(str(error), err=True)
            ctx.exit(FAILED)


def _day(ctx: click.Context, parameter: click.Parameter, text: str | None) -> str | None:
    """Accept an ISO date and nothing else."""
    try:
        return text and dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a date like 2026-03-31.") from None


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gapkit", prog_name="gapkit")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Run 90-day engagements: diagnose, redesign and measure a client's marketing execution gap.

    NAME is a folder under engagements/, or any path.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@main.command()
@click.argument("name")
@click.option("--scale", type=click.Choice(SCALES), help="Size of the organisation; read off the data unless given.")
@click.option(
    "--tracker", "trackers", multiple=True, help="Tool the client plans in, such as jira or trello; may be repeated."
)
@click.option(
    "--survey", is_flag=True, help="Of an engagement that is there, only write the survey's forms anew, as its data says."
)
def new(name: str, scale: str | None, trackers: tuple[str, ...], survey: bool) -> None:
    """Make the folder of a new engagement.

    In it: engagement.yml with every setting explained, empty tables, what to ask the client for (with --tracker down to
    what to click), the survey ready to send and the guide for interviews.

    With --survey the forms of a folder that is there are written again, with the teams, the priorities and the answers to
    choose from that data/people.csv, priorities.csv and codebook.csv hold. A form you have changed stays as it is; delete
    it to have it written.
    """
    from gapkit.cli.making import describe_forms, describe_made
    from gapkit.engagement import find_folder
    from gapkit.scaffold import new_engagement, write_forms

    if survey and (scale or trackers):
        raise click.UsageError("--survey goes alone: it writes forms only.")
    if survey:
        lines = describe_forms(write_forms(find_folder(name)), name)
    else:
        lines = describe_made(new_engagement(name, scale, trackers=trackers), name)
    for line in lines:
        click.echo(line)


@main.command()
@click.argument("name")
@click.option("--write-mapping", is_flag=True, help="Add to engagement.yml how files nothing asks for would be read.")
def check(name: str, write_mapping: bool) -> None:
    """Say what was read and how far it can be relied on.

    Lists what files nothing asks for look like, what was mapped and what was refused, what the checks of the data found,
    how far each source and each figure can be trusted and why, and what would switch on what is missing.
    """
    from gapkit.cli import mapping
    from gapkit.cli.reading import describe_check
    from gapkit.engagement import find_folder

    folder = find_folder(name)
    for line in (mapping.write_mapping if write_mapping else mapping.describe_unlisted)(folder, name):
        click.echo(line)
    for line in describe_check(folder):
        click.echo(line)


@main.command()
@click.argument("name")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--on", metavar="DATE", callback=_day, help="Day of the export, where the file does not say it.")
@click.option("--source", default="", help="The file: of the source it belongs to, where its name does not say it.")
def snapshot(name: str, files: tuple[Path, ...], on: str | None, source: str) -> None:
    """File an export under its day.

    The same export every week gives a history to trackers that keep none. The file is copied to data/snapshots/ and stays
    where it is; what changed since the last export is said.
    """
    from gapkit.cli.snapshot import describe_filed
    from gapkit.config import load_config
    from gapkit.engagement import find_folder
    from gapkit.engagement.snapshot import file_snapshots

    folder = find_folder(name)
    config = load_config(folder)
    day = dt.date.fromisoformat(on) if on else None
    for filed in file_snapshots(folder, config, files, on=day, source=source):
        for line in describe_filed(filed, config.as_of):
            click.echo(line)


@main.command("import-decisions")
@click.argument("name")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--dry-run", "is_rehearsal", is_flag=True, help="Only say what would change.")
def import_decisions(name: str, workbook: Path, is_rehearsal: bool) -> None:
    """Bring the decisions edited in a workbook back into decisions.yml.

    WORKBOOK is a workbook.xlsx of a run, edited by the client's team on the sheets named Decide. Only what was changed
    there is changed in decisions.yml; comments and order stay. An entry that was changed in both places is listed, and
    nothing is written until the two agree.
    """
    from gapkit.cli import deciding
    from gapkit.engagement import find_folder

    for line in deciding.import_decisions(find_folder(name), workbook, name, is_rehearsal=is_rehearsal):
        click.echo(line)


@main.command()
@click.argument("names", metavar="NAME...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Run every engagement under engagements/.")
@click.option("--phase", "phases", type=click.Choice(PHASES), multiple=True, help="Only this phase; may be repeated.")
@click.option("--as-of", metavar="DATE", callback=_day, help="Read the data as it was known on this day.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Engagements run at a time.")
@click.option("--out", type=_FOLDER, default="reports", show_default=True, help="Folder of all reports.")
@click.option("--refreeze", is_flag=True, help="Replace the frozen baseline; the report says so.")
@click.pass_context
def run(
    ctx: click.Context,
    names: tuple[str, ...],
    every: bool,
    phases: tuple[str, ...],
    as_of: str | None,
    jobs: int,
    out: Path,
    refreeze: bool,
) -> None:
    """Run engagements and write their reports.

    Each phase gives a PDF and a web page for the client, its executed notebook and its numbers, in reports/NAME/. They
    appear together when all phases are done; a run that fails leaves the reports as they were.
    """
    if every == bool(names):
        raise click.UsageError("give either names or --all.")
    from gapkit import runner
    from gapkit.cli.ending import describe_end, show_errors
    from gapkit.runner.progress import shown

    chosen = names or runner.all_engagements()
    ends = []
    with shown() as progress:
        for ended in runner.run(
            chosen, phases=phases or PHASES, as_of=as_of, out=out, jobs=jobs, refreeze=refreeze, progress=progress
        ):
            ends.append(ended)
            for line in describe_end(ended):
                progress.line(line)
    ctx.exit(show_errors(ends))


@main.command()
@click.argument("name", required=False)
@click.option("--out", type=_FOLDER, default="reports", show_default=True, help="Folder of all reports.")
@click.option("--today", metavar="DATE", callback=_day, hidden=True)
def status(name: str | None, out: Path, today: str | None) -> None:
    """Say where engagements stand on their 90 days and after.

    The day, the reports and editions there are, and what is due next; of every engagement unless NAME is given.
    """
    from gapkit.cli.standing import describe, read_editions, read_reports, read_unfrozen
    from gapkit.config import load_config
    from gapkit.engagement import find_folder
    from gapkit.runner import all_engagements

    day = dt.date.fromisoformat(today) if today else dt.date.today()
    for each in (name,) if name else all_engagements():
        folder = find_folder(each)
        config = load_config(folder)
        reports = read_reports(out / folder.name, config.started_on)
        unfrozen = read_unfrozen(out / folder.name, config, folder)
        click.echo("\n".join(describe(folder.name, config, reports, day, read_editions(folder), unfrozen)))


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", metavar="[NAME] [JUPYTERLAB OPTIONS]", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def lab(ctx: click.Context, arguments: tuple[str, ...]) -> None:
    """Open JupyterLab on an engagement's notebooks.

    They are copied to the engagement's lab/ folder once, set to it, and are the analyst's from then on. Without NAME the
    notebooks themselves are opened. Options such as --no-browser are passed on to JupyterLab.
    """
    from gapkit.cli.lab import FOLDER, copy_notebooks, open_lab
    from gapkit.engagement import find_folder
    from gapkit.runner import find_notebooks

    notebooks = find_notebooks()
    if not arguments or arguments[0].startswith("-"):
        ctx.exit(open_lab(notebooks, arguments))
    folder = find_folder(arguments[0])
    for copy in copy_notebooks(sorted(notebooks.glob("*.ipynb")), folder):
        click.echo(f"Copied {copy}")
    ctx.exit(open_lab(folder / FOLDER, arguments[1:]))
