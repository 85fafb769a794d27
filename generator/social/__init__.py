"""Social images, which are shown with shared links: their content and drawing."""
