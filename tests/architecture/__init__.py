"""The house's laws, each checked on the source tree and on planted violations."""
