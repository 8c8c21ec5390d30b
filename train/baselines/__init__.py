"""The systems that MLLM-MSR is compared with: one short file each, one loop that fits them all.

Every system answers `score(histories, candidates)`: item numbers in, one number a candidate out.
Users of a test fold are new to it; all it may know of them is their history.
"""
