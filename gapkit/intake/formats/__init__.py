"""One module per kind of export; none knows the others.

A new format is one module, one line in `FORMATS`, one twin test and one page in docs/trackers.
"""

from __future__ import annotations

from typing import Final

from gapkit.intake.finding.export import Format
from gapkit.intake.formats.airtable import AIRTABLE
from gapkit.intake.formats.asana_csv import ASANA_CSV
from gapkit.intake.formats.asana_json import ASANA_JSON
from gapkit.intake.formats.clickup import CLICKUP
from gapkit.intake.formats.event_log import EVENT_LOG
from gapkit.intake.formats.forms import FORMS
from gapkit.intake.formats.github import GITHUB
from gapkit.intake.formats.gitlab import GITLAB
from gapkit.intake.formats.jira_csv import JIRA_CSV
from gapkit.intake.formats.jira_json import JIRA_JSON
from gapkit.intake.formats.limesurvey import LIMESURVEY
from gapkit.intake.formats.linear import LINEAR
from gapkit.intake.formats.monday import MONDAY
from gapkit.intake.formats.notion import NOTION
from gapkit.intake.formats.planner import PLANNER
from gapkit.intake.formats.qualtrics import QUALTRICS
from gapkit.intake.formats.smartsheet import SMARTSHEET
from gapkit.intake.formats.survey_csv import SURVEY_CSV
from gapkit.intake.formats.surveymonkey import SURVEYMONKEY
from gapkit.intake.formats.trello_csv import TRELLO_CSV
from gapkit.intake.formats.trello_json import TRELLO_JSON
from gapkit.intake.formats.workfront import WORKFRONT
from gapkit.intake.formats.wrike import WRIKE
from gapkit.intake.formats.xes import XES

# In order of precedence, where two recognise a file by equally many names.
FORMATS: Final[tuple[Format, ...]] = (
    JIRA_CSV,
    JIRA_JSON,
    TRELLO_JSON,
    TRELLO_CSV,
    ASANA_CSV,
    ASANA_JSON,
    MONDAY,
    PLANNER,
    LINEAR,
    GITLAB,
    GITHUB,
    CLICKUP,
    NOTION,
    SMARTSHEET,
    WRIKE,
    WORKFRONT,
    AIRTABLE,
    XES,
    EVENT_LOG,
    QUALTRICS,
    SURVEYMONKEY,
    LIMESURVEY,
    FORMS,
    SURVEY_CSV,
)
INDEX: Final = """# Trackers

The exports gapkit reads as they are. Each page says what to click, which fields must be in it, what to send, what is read
and what the tool cannot tell. `gapkit new NAME --tracker jira` puts the page into the data request.

*History*: the file itself tells when work changed stage and dates were moved; for all others the same export every week
does (`gapkit snapshot`). *Tried on real exports*: the reader was run on real files; the others are built from vendors'
documentation and descriptions, so compare a few rows with the tracker.

| Export | `format:` | History | Tried on real exports |
|---|---|---|---|
"""
BY_NAME: Final = {each.name: each for each in FORMATS}

__all__ = ["BY_NAME", "FORMATS", "Format", "index_markdown"]


def index_markdown() -> str:
    """Return the formats as a Markdown page: name, page, whether a file holds a history, whether real ones were tried."""
    told = {True: "yes", False: "no"}
    rows = [
        f"| [{each.title}]({each.tracker}.md) | `{each.name}` | {told[each.history]} | {told[each.is_verified]} |"
        for each in FORMATS
    ]
    return INDEX + "\n".join(rows) + "\n"
