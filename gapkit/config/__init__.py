"""engagement.yml: what it may say, and reading it with every problem named by its line."""

from gapkit.config.load import load_config
from gapkit.config.model import (
    MIN_CHANGE,
    MIN_GROUP,
    PRIMARY_MEASURES,
    Brand,
    EngagementConfig,
    Source,
    derive_scale,
)
from gapkit.config.settings import Settings, describe_settings

__all__ = [
    "MIN_CHANGE",
    "MIN_GROUP",
    "PRIMARY_MEASURES",
    "Brand",
    "EngagementConfig",
    "Settings",
    "Source",
    "derive_scale",
    "describe_settings",
    "load_config",
]
