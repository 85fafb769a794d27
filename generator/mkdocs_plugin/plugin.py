"""The MkDocs plugin. Its event handlers call the pipeline and pass the results to MkDocs."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext
from msgspec.structs import replace

from generator.labels.labels import Labels, load_labels
from generator.mkdocs_plugin.editor.editor import Editor
from generator.mkdocs_plugin.files import (
    leave_out,
    list_in_nav,
    mark_addresses,
    render_by_mkdocs,
    write_asset,
)
from generator.mkdocs_plugin.fonts import list_first_fonts, take_fonts
from generator.mkdocs_plugin.lost_urls import check_urls
from generator.mkdocs_plugin.options import CARDS_EXTRA, PapershelfOptions, read_settings
from generator.mkdocs_plugin.palette import Palette, load_palette, own_palette
from generator.mkdocs_plugin.preview import Preview
from generator.mkdocs_plugin.preview_steps import PreviewSteps
from generator.mkdocs_plugin.progress import BuildProgress
from generator.mkdocs_plugin.protection import finish_page, mark_safe
from generator.mkdocs_plugin.rendering import BATCH, Filling
from generator.mkdocs_plugin.serving import Serving
from generator.mkdocs_plugin.shell import PageShellError, keep_shells_unsaid, remove_indentation
from generator.mkdocs_plugin.site_size import check_size
from generator.mkdocs_plugin.stylesheets import add_sheets, move_to_version, read_own_styles
from generator.mkdocs_plugin.theme import (
    LABEL,
    WORKER,
    ScriptError,
    find_theme,
    is_script,
    list_modules,
    pack_scripts,
)
from generator.mkdocs_plugin.theme_files import list_visible_files
from generator.mkdocs_plugin.workers import FEWEST, WorkerError, WorkerPool
from generator.model import Asset, Plan, Site
from generator.pages.parts.compiled_templates import keep_compiled
from generator.pages.parts.optional import find_empty
from generator.pages.parts.sizes import is_very_large
from generator.pages.parts.templates import TEMPLATES, keep_templates
from generator.pipeline import Steps, build_assets, build_site, plan_pages
from generator.problems import PapershelfError, Severity, amount
from generator.records.read import is_data
from generator.settings import Settings
from generator.social.images import find_social_image, list_social_images
from generator.storage.folder import LeavesError, refuse_link
from generator.storage.locks import BusyError
from generator.storage.staging import Staging
from generator.storage.state import find_own
from generator.urls.routes import paper_path
from generator.urls.site_urls import SiteUrls, list_site_urls
from generator.urls.sitemap import build_sitemap
from generator.user_folders import find_cache, find_state

log = get_plugin_logger("papershelf")
_HOSTED_FONT = {"text": "Roboto", "code": "Roboto Mono"}


class PapershelfPlugin(BasePlugin[PapershelfOptions]):
    """Adds the pages of a shelf to a MkDocs site."""

    def __init__(self) -> None:
        self._command: Literal["build", "gh-deploy", "serve"] = "build"
        self._dirty = False
        self._site: Site
        self._settings: Settings
        self._addresses: SiteUrls | None = None
        self._stages: BuildProgress
        self._files: Files
        self._sheets: list[str] = []
        self._palette = Palette()
        self._version = ""
        self._filling: Filling
        self._workers: WorkerPool | None = None
        self.preview: Preview | None = None
        self._serving = Serving()
        self._staging: tuple[Staging, MkDocsConfig] | None = None
        self._whole = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command, because only builds are staged and only previews keep state; say nothing of page shells."""
        self._command, self._dirty = command, dirty
        keep_shells_unsaid()
        if command != "serve":
            self.preview = None
        else:
            self._serving.catch_first()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the theme between Material and the site's own overrides. Without a repository, pages have no edit links.

        Material's default fonts come from another host, so sites that choose no font use the system's font.
        """
        if config.theme.get("font") == _HOSTED_FONT:
            config.theme["font"] = False
        if not config.repo_url:
            config.edit_uri = config.edit_uri_template = None
        theme = str(find_theme())
        if not any(Path(folder).exists() and Path(folder).samefile(theme) for folder in config.theme.dirs):
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, theme)
        list_visible_files(config.theme)
        self._choose_colours(config)
        return config

    def _choose_colours(self, config: MkDocsConfig) -> None:
        """Apply the colours of `theme.palette` and report the changes made to them."""
        given = config.theme.get("palette")
        self._palette = load_palette(given, read_own_styles(config.theme.dirs))
        config.theme["palette"] = own_palette(given)
        for note in self._palette.notes:
            log.info(note)
        for fault in self._palette.faults:
            log.warning(fault)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read and check everything before anything is written."""
        self._stages = BuildProgress()
        gc.disable()  # what a build makes is kept to its end
        settings = read_settings(config, self.config)
        if self.config.cards is None and settings.site_url and not settings.cards:
            log.info("no social images are drawn: %s", CARDS_EXTRA)
        if self._command == "serve":
            settings = replace(settings, cards=False, small_pictures=False)
        self._settings = settings
        keep_templates(
            find_cache(settings.content), load_labels(settings.language), pretty=settings.pretty_urls
        )
        try:
            refuse_link(self._settings.content)
            self._site, problems = build_site(self._settings, self._choose_steps(config), self._stages)
            self._plans = list(plan_pages(self._site, self._settings))
            # A preview cannot lose published URLs, and lists its URLs later.
            self._addresses = (
                check_urls(self._site, self._settings, self._plans) if self.preview is None else None
            )
        except (PapershelfError, LeavesError) as fault:
            raise PluginError(f"the content has errors\n{fault}") from fault
        for problem in problems:
            (log.warning if problem.severity is Severity.WARNING else log.info)(str(problem))
        if self.preview is not None:
            self.preview.put_aside(Path(config.site_dir), dirty=self._dirty)
        else:
            try:
                staging = Staging(site := Path(config.site_dir), find_state(site))
            except (BusyError, OSError) as fault:
                raise PluginError(f"the site is unchanged: {fault}") from fault
            for problem in staging.strangers:
                log.info(str(problem))
            self._staging = (staging, config)
            config.site_dir = str(staging.folder)

    def _choose_steps(self, config: MkDocsConfig) -> Steps:
        """Return the steps of this build; those of a preview cache the results of the previous build."""
        content = Path(config.docs_dir)
        if self.preview is None:
            kept = find_own(find_cache(content), content, "records.bin"), find_state(content)
            if self._command != "serve":
                return Steps(*kept)
            self.preview = self._serving.preview = Preview(PreviewSteps(*kept))
            self._serving.editor = Editor(content, self.preview.steps)
        if self._serving.editor is not None:
            self._serving.editor.labels = load_labels(self._settings.language)
        return self.preview.steps

    @property
    def _is_offline(self) -> bool:
        """Whether the site works offline. A preview never does, because browsers must not cache it."""
        return self._settings.offline and self.preview is None

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages and remove data files. A hand-written page at the same path has precedence.

        Papers and lists are filled into page shells; MkDocs renders only those that the navigation lists.
        """
        unused = {LABEL} if self._is_offline else {LABEL, WORKER}
        for file in list(files):
            if is_data(file.src_uri) or file.src_uri in unused:
                files.remove(file)
        labels = load_labels(self._settings.language)
        try:
            _pack_files(files, labels)
            own = take_fonts(files, self._settings.fonts) + self._palette.css
            self._sheets = add_sheets(config, files, labels, own)
        except ScriptError as fault:
            raise PluginError(str(fault)) from fault
        self._version = move_to_version(files)
        self._files, self._filling = files, Filling(config, files)
        config.nav = leave_out(
            config.nav, [path for path in find_empty(self._site) if path not in files.src_uris]
        )
        rendered = set(list_in_nav(config.nav)) | files.src_uris.keys()
        for plan in self._plans:
            if self.config.pages == "fast" and plan.path not in rendered and self._filling.can_fill(plan):
                for file in self._filling.add(plan):
                    files.append(file)
            elif plan.path not in files.src_uris:
                files.append(render_by_mkdocs(config, plan.make()))
        if self.preview is not None:
            self.preview.put_back(files)
            return files
        filling = self._filling
        write = partial(self._write_assets, config)
        self._workers = WorkerPool(write, filling.fill_batch, filling.batches, self.config.processes)
        if len(filling) >= FEWEST:
            self._workers.start()
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Pass to the templates the style sheets of generated pages, the fonts to load early (which a very large site does not name on each page), the scripts' imports, the social image, and whether there is a worker."""
        keep_compiled(env, find_cache(Path(config.docs_dir)))
        env.globals["papershelf_offline"] = self._is_offline
        env.globals["material_styles"] = self._sheets
        env.globals["papershelf_fonts"] = (
            [] if is_very_large(len(self._site.shelf.papers)) else list_first_fonts(files.src_uris)
        )
        env.globals["papershelf_modules"] = lambda *names: list_modules(
            names, lambda name: files.src_uris[name].content_string, self._version
        )
        env.globals["papershelf_labels"] = load_labels(self._settings.language).list_group("theme")
        env.globals["papershelf_version"] = self._version
        env.globals["site_card"] = find_social_image(list_social_images(self._site, self._settings)).full
        return env

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: object) -> str:
        """Mark links in hand-written pages for print."""
        return html if page.meta.get("layout") else mark_addresses(html)

    def on_page_context(
        self, context: TemplateContext, *, config: MkDocsConfig, **_: object
    ) -> TemplateContext:
        """Escape the site's name and description for themes, which print them unescaped."""
        context["config"] = mark_safe(config)
        return context

    def on_template_context(
        self, context: TemplateContext, *, config: MkDocsConfig, **_: object
    ) -> TemplateContext:
        """Do the same for templates that are not pages, such as the 404 page."""
        context["config"] = mark_safe(config)
        return context

    def _finish(self, html: str, name: str, config: MkDocsConfig) -> str:
        return finish_page(html, name, self.config.csp, config, is_preview=self.preview is not None)

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Add the Content Security Policy to pages made from templates."""
        return self._finish(output, template_name, config) if template_name.endswith(".html") else output

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Add the Content Security Policy after all other plugins, and collect page shells, which are not pages of the site."""
        if not self._filling.is_shell(page.file.src_uri):
            return self._finish(output, page.file.src_uri, config)
        try:
            self._filling.add_shell(page, self._finish(remove_indentation(output), page.file.src_uri, config))
        except PageShellError as fault:
            raise PluginError(f"{fault}; set `pages: mkdocs` under the plugin's options") from fault
        return ""

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: object) -> LiveReloadServer:
        """Also watch both themes and the page templates (MkDocs watches the content), and survive failed builds.

        With `serve --clean`, MkDocs builds as for a deployment, and the new site replaces the old one after each build.
        """
        self._serving.attach(server, self._put_in_place)
        self._put_in_place()
        own = Path(config.theme.custom_dir) if config.theme.custom_dir else find_theme()
        for folder in sorted({own.resolve(), find_theme(), TEMPLATES}):
            server.watch(str(folder))
        return server

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Fill the pages, then mark the site as complete; an earlier interruption leaves the old site unchanged.

        MkDocs's compressed sitemap contains the build time and its plain one lacks the filled pages, so both are
        replaced.
        """
        if missing := self._filling.list_missing():
            hint = "set `pages: mkdocs` under the plugin's options"
            raise PluginError(
                f"a plugin prevented MkDocs from rendering {missing[0]}, which is needed as a page shell; {hint}"
            )
        site, filling = Path(config.site_dir), self._filling
        with self._stages("pages"):
            if self.preview is not None:
                self.preview.fill_changed(config, self._settings, filling)
            else:
                self._print(filling)
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            (site / name).unlink(missing_ok=True)
        removed = {paper_path(key) for key in self._site.shelf.removed}
        urls = [
            file.url
            for file in self._files.documentation_pages()
            if not filling.is_shell(file.src_uri) and file.src_uri not in removed
        ]
        urls += filling.list_urls()
        for asset in build_sitemap(urls, config.site_url or ""):
            write_asset(site, asset)
        self._sum_up(site, len(urls))
        if self.preview is not None:
            self.preview.end(site, filling, self._files)
            self.preview.make_index(site, partial(_list_assets, self._site, self._settings, self._plans))
        self._whole = True

    def _print(self, filling: Filling) -> None:
        """Fill all pages with the worker pool."""
        try:
            if self._workers is not None:
                self._workers.run(filling.shells, lambda n: self._stages.show_pages(n * BATCH, len(filling)))
        except WorkerError as fault:
            raise PluginError(str(fault)) from fault

    def _sum_up(self, site: Path, pages: int) -> None:
        """Log what was built, its size and the time taken; raise an error if it is too large for the host."""
        made = f"{amount(len(self._site.shelf.papers), 'paper')}, {amount(pages, 'page')}"
        if self.preview is not None:  # its folder is no site that anybody hosts
            log.info("%s: %s", made, self._stages.sum_up())
            return
        size = check_size(site, limit=self.config.size_limit, warning=self.config.size_warning)
        log.info("%s, %s: %s", made, size, self._stages.sum_up())

    def _write_assets(self, config: MkDocsConfig) -> None:
        for asset in _list_assets(self._site, self._settings, self._plans, self._addresses):
            write_asset(Path(config.site_dir), asset)

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """Keep the old site; strict mode fails only after the last page."""
        self._whole = False
        if self._workers is not None:
            self._workers.stop()
        if isinstance(error, OSError):  # such as a full disk, of which no line of the program is to blame
            raise PluginError(f"the site is unchanged: {error}") from error

    @event_priority(-100)
    def on_shutdown(self) -> None:
        """Replace the old site by the new one if it is complete."""
        gc.enable()
        self._put_in_place()

    def _put_in_place(self) -> None:
        if self._staging is None:
            return
        staging, config = self._staging
        self._staging, config.site_dir = None, str(staging.site)
        if not self._whole:
            staging.drop()
            return
        try:
            staging.swap()
        except OSError as fault:
            staging.drop()
            raise PluginError(f"the site is unchanged: {fault}") from fault


def _pack_files(files: Files, labels: Labels) -> None:
    """Put the scripts of the theme, and of the user's theme over it, as the site serves them."""
    scripts = {file.src_uri: file for file in files if is_script(file.src_uri)}
    packed = pack_scripts({path: file.content_string for path, file in scripts.items()}, labels)
    for path, file in scripts.items():
        if path in packed:
            file.content_string = packed[path]
        else:
            files.remove(file)


def _list_assets(
    site: Site, settings: Settings, plans: Sequence[Plan], known: SiteUrls | None = None
) -> Iterator[Asset]:
    """Yield every generated file that is not a page; `known` has the site's URLs, if already listed."""
    return build_assets(site, settings, known or list_site_urls(site, settings, plans))
