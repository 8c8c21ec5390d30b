"""What the sample covers show: one module of themes per data set."""
