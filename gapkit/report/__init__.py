"""The executed notebook as a document: blocks shown by cells, PDF and HTML made of them, the record of what was made."""
