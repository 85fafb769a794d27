"""What a build and a command survive: every error that is promised, made on purpose."""
