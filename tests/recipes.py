"""A copy of the generator with an index of its own, in which a test follows a recipe of `content/docs/extending.md`."""

import json
import os
import shutil
import subprocess
import sys

from support import ROOT

CONFIG = "site_name: Nests\ndocs_dir: content\ntheme: {name: material, custom_dir: theme_overrides}\nplugins: [papershelf]\n"


PROGRAM = """
import json, sys
from click.testing import CliRunner
from generator.cli import main
results = [CliRunner().invoke(main, arguments) for arguments in json.loads(sys.argv[1])]
print(json.dumps([(result.exit_code, result.output) for result in results]))
"""


class Copy:
    """A copy of the generator in a folder; `content` is the folder of its index."""

    def __init__(self, folder):
        shutil.copytree(
            ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copytree(ROOT / "theme_overrides", folder / "theme_overrides")
        (folder / "mkdocs.yml").write_text(CONFIG)
        self.folder, self.content = folder, folder / "content"
        (self.content / "papers").mkdir(parents=True)

    def insert(self, file, before, text):
        """Put a text before another one, which must be in a file of the generator once."""
        path = self.folder / "generator" / file
        source = path.read_text()
        assert source.count(before) == 1
        path.write_text(source.replace(before, text + before))

    def run_python(self, *arguments):
        """Run Python with the copy; return its exit code and what it printed."""
        path = os.pathsep.join([str(self.folder), *sys.path])
        result = subprocess.run(
            [sys.executable, *arguments], cwd=self.folder, env={**os.environ, "PYTHONPATH": path},
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        return result.returncode, result.stdout + result.stderr

    def run(self, *arguments):
        """Run a verb on the index; return its exit code and what it printed."""
        return self.run_all(arguments)[0]

    def run_all(self, *verbs):
        """Run verbs (their arguments) on the index in one interpreter; return their exit codes and what they printed."""
        commands = [[*verb, "--content", str(self.content)] for verb in verbs]
        code, said = self.run_python("-c", PROGRAM, json.dumps(commands))
        assert code == 0, said
        return json.loads(said)
