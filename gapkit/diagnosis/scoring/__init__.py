"""Scores of killers and fractures, and the words their uncertainty allows."""
