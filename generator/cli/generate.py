"""`papershelf generate`: write the Markdown tree of an index for any engine."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import yaml
from msgspec.structs import replace

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.generate_engines import ENGINES, adapt_source, build_extra
from generator.cli.shared import (
    content_option,
    echo_problems,
    load_config_values,
    load_settings,
    need_config,
    refuse_links,
)
from generator.labels.labels import Labels, load_labels
from generator.mkdocs_plugin.files import leave_out
from generator.mkdocs_plugin.fonts import list_first_fonts
from generator.mkdocs_plugin.palette import load_palette, own_palette
from generator.mkdocs_plugin.theme import FOLDER as THEME
from generator.mkdocs_plugin.theme import (
    FONT_FOLDER,
    FONT_SHEET,
    LABEL,
    MAIN,
    ScriptError,
    fill_style,
    find_theme,
    is_code,
    is_script,
    is_style,
    name_version,
    pack_scripts,
    place_in_version,
)
from generator.pages.parts.optional import find_empty
from generator.pages.parts.templates import render_source
from generator.pipeline import Steps, build_assets, build_site, plan_pages
from generator.problems import PapershelfError, amount, errors_of, in_order
from generator.records.read import is_data
from generator.records.write import write_file
from generator.settings import Fonts
from generator.storage.folder import check_name
from generator.storage.locks import BusyError
from generator.storage.staging import Staging
from generator.urls.lost import find_lost_urls
from generator.urls.site_urls import list_site_urls
from generator.user_folders import find_state

MARK = "# Made by `papershelf generate`, which replaces this folder."


@click.command(
    help="Write all pages as Markdown to OUT, with the theme and a mkdocs.yml that does not need the plugin."
)
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path, file_okay=False))
@content_option
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    help="The engine that will build the site. For ProperDocs, use `mkdocs`.",
)
def generate(*, out: Path, content: Path | None, engine: str) -> None:
    config = need_config()
    values = load_config_values(config)
    settings = replace(load_settings(config, content), copies="off")  # the tree is made of Markdown already
    target = _check_target(out, config.parent, settings.content)
    try:
        site, problems = build_site(settings, Steps(state=find_state(settings.content)))
    except PapershelfError as fault:
        echo_problems(fault.problems)
        sys.exit(FINDINGS)
    plans = list(plan_pages(site, settings))
    addresses = list_site_urls(site, settings, plans)
    problems = in_order([*problems, *find_lost_urls(site, addresses.now, addresses.routes)])
    echo_problems(problems)
    if errors_of(problems):
        sys.exit(FINDINGS)
    try:
        staging = Staging(target, find_state(target))
    except (BusyError, OSError) as fault:
        fail(str(fault))
    echo_problems(staging.strangers)
    try:
        own = config.parent / str((values.get("theme") or {}).get("custom_dir") or THEME)
        files = {
            plan.path: adapt_source(plan.path, render_source(plan.make()), settings, engine).encode()
            for plan in plans
        }
        files |= {asset.path: asset.body for asset in build_assets(site, settings, addresses)}
        number = _write_tree(staging.folder, settings.content, own, files)
        _fill_theme(staging.folder / THEME, load_labels(settings.language))
        _lay_fonts(staging.folder / THEME, settings.fonts)
        _lay_colours(staging.folder / THEME, values)
        extra = {
            **build_extra(site, settings),
            "fonts": _list_fonts(staging.folder / THEME),
            "version": _move_to_version(staging.folder / THEME),
        }
        if nav := values.get("nav"):
            values["nav"] = leave_out(
                nav, [path for path in find_empty(site) if not (settings.content / path).exists()]
            )
        plain = yaml.dump(_plain_config(values, extra), sort_keys=False, allow_unicode=True)
        write_file(staging.folder / "mkdocs.yml", f"{MARK}\n{plain}")
        staging.swap()
    except BaseException as fault:
        staging.drop()
        if isinstance(fault, OSError):
            fail(f"{out} is unchanged: {fault}", FINDINGS)
        raise
    click.echo(
        f"{amount(number, 'file')} in {out / 'docs'}; build them with: {engine} build -f {out / 'mkdocs.yml'}"
    )


def _check_target(out: Path, project: Path, content: Path) -> Path:
    """Return the target folder; stops unless it is new, empty or was written by this command."""
    refuse_links(out)
    target = out.resolve()
    for kept in (project.resolve(), content.resolve()):
        if target == kept or target in kept.parents or (kept == content.resolve() and kept in target.parents):
            fail(f"{out} contains the project: choose another folder")
    config = target / "mkdocs.yml"
    ours = config.is_file() and config.read_bytes().startswith(MARK.encode())
    if target.exists() and any(target.iterdir()) and not ours:
        fail(f"{out} is not empty and was not made by this command: choose another folder")
    return target


def _write_tree(staged: Path, content: Path, own_theme: Path, files: Mapping[str, bytes]) -> int:
    """Write generated files, hand-written pages (which win), assets and the theme; return the number of files in docs."""
    for name, body in files.items():
        path = staged / "docs" / check_name(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    for path in sorted(p for p in content.rglob("*") if p.is_file()):
        name = path.relative_to(content).as_posix()
        if not is_data(name) and not any(part.startswith(".") for part in name.split("/")):
            copy = staged / "docs" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    for theme in (find_theme(), own_theme):
        if theme.is_dir():
            shutil.copytree(theme, staged / THEME, dirs_exist_ok=True)
    return sum(path.is_file() for path in (staged / "docs").rglob("*"))


def _fill_theme(theme: Path, labels: Labels) -> None:
    """Insert the texts of the site's language into scripts and style sheets, and bundle the scripts, as the plugin does."""
    (theme / LABEL).unlink()
    names = (path.relative_to(theme).as_posix() for path in sorted(theme.rglob("*.js")))
    scripts = {name: (theme / name).read_text(encoding="utf-8") for name in names if is_script(name)}
    names = (path.relative_to(theme).as_posix() for path in sorted(theme.rglob("*.css")))
    styles = {name: (theme / name).read_text(encoding="utf-8") for name in names if is_style(name)}
    try:
        packed = pack_scripts(scripts, labels)
        filled = {name: fill_style(name, text, labels) for name, text in styles.items()}
    except ScriptError as fault:
        fail(str(fault))
    for name in scripts:
        if name in packed:
            (theme / name).write_text(packed[name], encoding="utf-8")
        else:
            (theme / name).unlink()
    for name, text in filled.items():
        (theme / name).write_text(text, encoding="utf-8")


def _lay_fonts(theme: Path, fonts: Fonts) -> None:
    """Write the style sheet of the fonts behind the main one, or remove both for `system`, as a build with the plugin does."""
    if fonts == "system":
        shutil.rmtree(theme / FONT_FOLDER)
    else:
        with (theme / MAIN).open("a", encoding="utf-8") as styles:
            styles.write((theme / FONT_SHEET).read_text(encoding="utf-8"))
    (theme / FONT_SHEET).unlink()


def _list_fonts(theme: Path) -> list[str]:
    return list_first_fonts(path.relative_to(theme).as_posix() for path in (theme / FONT_FOLDER).glob("*"))


def _lay_colours(theme: Path, values: dict[str, Any]) -> None:
    """Write the site's colours over those of its theme, as a build with the plugin does."""
    styles = (theme / MAIN).read_text(encoding="utf-8")
    palette = load_palette(_read_theme(values).get("palette"), styles)
    (theme / MAIN).write_text(styles + palette.css, encoding="utf-8")
    for said in (*palette.notes, *palette.faults):
        click.echo(said, err=True)


def _read_theme(values: dict[str, Any]) -> dict[str, Any]:
    theme = values.get("theme") or {}
    return {"name": theme} if isinstance(theme, str) else dict(theme)


def _move_to_version(theme: Path) -> str:
    """Move the scripts and style sheets of a theme to a folder named by their version, and return its path."""
    names = [path.relative_to(theme).as_posix() for path in theme.rglob("*") if path.is_file()]
    code = [name for name in names if is_code(name)]
    version = name_version({name: (theme / name).read_bytes() for name in code})
    for name in code:
        target = theme / place_in_version(name, version)
        target.parent.mkdir(parents=True, exist_ok=True)
        (theme / name).rename(target)
    return version


def _plain_config(values: dict[str, Any], extra: Mapping[str, object]) -> dict[str, Any]:
    """Return the configuration for the tree, with other folders and without the papershelf plugin."""
    plugins = [p for p in _list_plugins(values) if next(iter(p), "") != "papershelf"]
    theme = _read_theme(values)
    if "palette" in theme:
        theme["palette"] = own_palette(theme["palette"])
    replaced = {"docs_dir", "site_dir", "plugins", "theme", "extra"} | (
        set() if values.get("repo_url") else {"edit_uri"}
    )
    kept = {key: value for key, value in values.items() if key not in replaced}
    names = [{name: options} if options else name for p in plugins for name, options in p.items()]
    return {
        **kept,
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": {**theme, "custom_dir": THEME},
        "plugins": names,
        "extra": {**(values.get("extra") or {}), "papershelf": dict(extra)},
    }


def _list_plugins(values: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the plugins of a configuration as a list with one mapping for each plugin, however they are written."""
    plugins = values.get("plugins") or []
    if isinstance(plugins, dict):
        return [{name: options} for name, options in plugins.items()]
    return [{p: None} if isinstance(p, str) else p for p in plugins]
