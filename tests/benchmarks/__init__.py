"""How fast it is, measured against references on the same machine: `python -m tests.benchmarks`."""
