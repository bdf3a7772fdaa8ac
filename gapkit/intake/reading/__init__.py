"""Files to sheets, cells to numbers, dates and words of the vocabulary; what cannot be read is said with its place."""
