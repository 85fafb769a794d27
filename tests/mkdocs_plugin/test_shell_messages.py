"""What MkDocs says of page shells: readers of a build hear of faults, and not that a shell is no page."""

import logging

from generator.mkdocs_plugin.shell import ID, keep_shells_unsaid


def test_that_a_shell_is_skipped_is_unsaid_and_everything_else_is_said(caplog):
    keep_shells_unsaid()
    said = [
        f"Error building page 'papers/{ID}.md'",
        "Page skipped: 'owls.md'. Generated empty output.",
    ]
    with caplog.at_level(logging.INFO, "mkdocs.commands.build"):
        for message in (f"Page skipped: 'papers/{ID}-editable.md'. Generated empty output.", *said):
            logging.getLogger("mkdocs.commands.build").info(message)
    assert caplog.messages == said
