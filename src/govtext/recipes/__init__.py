"""From a configuration to a recorded run: the only place where the stages meet."""
