"""The five killers and four fractures: judged, worded, and answered with what to do."""
