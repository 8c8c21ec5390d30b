"""How fast things are, side by side with plainer ways."""
