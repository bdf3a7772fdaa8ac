"""An engagement folder as one object, read as of a day."""

from gapkit.engagement.load import Engagement, find_folder, fingerprint, known_on, load
from gapkit.engagement.rewind import rewind

__all__ = ["Engagement", "find_folder", "fingerprint", "known_on", "load", "rewind"]
