"""The MLLM-MSR engine: item summaries, an evolving preference, scored candidates."""
