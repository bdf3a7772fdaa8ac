"""What the client decides: `decisions.yml`, read with every fault at once, edited in place, brought together with Excel."""
