"""Signs of causes and pitfalls: figures with a threshold of their own."""
