"""The operating manual, and Markdown that keeps client text as it is."""
