"""Scripts that are run once, to make data that the project then ships."""
