"""The web demo: records in, a page out. Gradio's server lives here and nowhere else."""
