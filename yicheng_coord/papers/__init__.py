"""Papers: facts → source text by a template → a laid-out letter, or a Word file."""
