"""What there is to read in an engagement folder, and what each file looks like."""
