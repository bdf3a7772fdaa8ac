"""Agreed times: where, how long, who answers, and how often they are kept."""
