"""Records to HTML. Pure functions; the templates escape everything they are handed."""
