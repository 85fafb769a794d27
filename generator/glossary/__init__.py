"""The glossary: its file, its page, and the cards of its terms on other pages."""
