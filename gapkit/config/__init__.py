"""engagement.yml: what it may say, and reading it with every problem named by its line."""

from gapkit.config.confirmed import spelling_key
from gapkit.config.load import load_config
from gapkit.config.model import (
    MIN_CHANGE,
    MIN_GROUP,
    PRIMARY_MEASURES,
    Brand,
    EngagementConfig,
    Owners,
    Rebaseline,
    Source,
    derive_scale,
)
from gapkit.config.nodes import files_named
from gapkit.config.settings import Settings, describe_settings

__all__ = [
    "MIN_CHANGE",
    "MIN_GROUP",
    "PRIMARY_MEASURES",
    "Brand",
    "EngagementConfig",
    "Owners",
    "Rebaseline",
    "Settings",
    "Source",
    "derive_scale",
    "describe_settings",
    "files_named",
    "load_config",
    "spelling_key",
]
