"""What people say: the form to send, and the answers as figures nobody can be recognised in.

`forms` writes the questionnaire; `read_survey` reads the answers of each wave. Everything passes one gate (`anonymity`)
before it leaves; single answers never do.
"""

from gapkit.survey.consensus import Consensus
from gapkit.survey.draws import Draws
from gapkit.survey.forms import forms
from gapkit.survey.read import Survey, read_survey
from gapkit.survey.wave import Wave

__all__ = ["Consensus", "Draws", "Survey", "Wave", "forms", "read_survey"]
