"""Everything that knows MkDocs or Material: the plugin, its options, fast rendering through a page shell, the preview."""
