"""The web demo: records in, a page out. Gradio lives here and nowhere else."""
