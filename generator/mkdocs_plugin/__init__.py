"""All code that depends on MkDocs or Material: the plugin, its options, fast rendering with page shells, the preview."""
