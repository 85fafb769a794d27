"""What was added lately: the page, and the file that scripts read."""
