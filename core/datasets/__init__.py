"""Published data set layouts -> the store."""
