"""What the plan said when: change logs, dated exports, signed plans, and what they leave open."""
