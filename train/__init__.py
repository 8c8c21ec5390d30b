"""Scripts that make what the demo shows: catalogue, recordings, adapters, results."""
