"""Images for shared links: what they show, and drawing them."""
