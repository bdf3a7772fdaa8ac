"""The 90-day plan: which actions answer the findings, who takes them, when, and what each should move."""
