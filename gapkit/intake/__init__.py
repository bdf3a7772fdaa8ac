"""Files as they come to canonical tables.

`read_tables` opens an engagement folder: it finds what there is to read, reads each file as it is written, brings columns
and words to the canonical ones, turns dated exports into history, and lists everything that has to be mended at once.
`check_quality` is the gate between the tables and the first figure; `judge_reliability` says per metric what the data can
carry.
"""

from gapkit.intake.canonical import read_tables
from gapkit.intake.judging.evidence import Evidence, records_delivery
from gapkit.intake.judging.quality import QualityCheck, check_quality
from gapkit.intake.judging.reliability import judge_reliability
from gapkit.intake.judging.source_reliability import SourceVerdict, judge_sources
from gapkit.intake.reading.records import Intake, Sheet, SourceRead

__all__ = [
    "Evidence", "Intake", "QualityCheck", "Sheet", "SourceRead", "SourceVerdict", "check_quality", "judge_reliability",
    "judge_sources", "read_tables", "records_delivery",
]  # fmt: skip
