"""Social images as files, one for the site and one for each topic."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Asset, Site
from generator.settings import Settings
from generator.social.images import list_files


def build_social_images(site: Site, settings: Settings) -> Iterator[Asset]:
    """Yield the images; none without `site_url`, because their tags need absolute URLs."""
    files = list_files(site, settings)
    if not files:
        return
    from generator.social.drawing import draw_social_image  # noqa: PLC0415 (most commands draw nothing)

    fonts = [settings.card_font] if settings.card_font else []
    for path, image in files.items():
        yield Asset(path=path, body=draw_social_image(image, fonts))
