"""What a build and a command survive: every fault that is promised, made on purpose."""
