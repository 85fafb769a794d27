"""Labels of links in reading lists, in several languages, and the kinds of links that they announce."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from generator.formats.readme.venues import find_venue, is_meeting, parse_venue, sounds_like_venue
from generator.model import LinkKind
from generator.text.dates import parse_date

_PAPER = frozenset(
    """paper papers pdf arxiv abs abstract doi openreview preprint proceedings acl ieee acm cvf html pubmed pmid pmc
    论文 论文链接 论文地址 原文 全文 文章 文献 預印本 预印本 論文 論文リンク 논문 artículo articulo papier aufsatz artikel статья""".split()  # noqa: SIM905 (a list of words reads best as words)
)
# The kind of link that a word in a label announces; the first match wins.
_KINDS: Mapping[LinkKind, str] = {
    "page": """more blog blogs blogpost post collection collections wechat zhihu slides poster review tweet twitter supp
        supplement supplementary material appendix leaderboard docs news bibtex bib
        博客 知乎 解读 论文解读 解析 幻灯片 海报 文档 附录 补充材料 ブログ スライド 블로그 슬라이드 folien diapositivas""",
    "demo": "demo demos space spaces colab playground showcase 演示 在线演示 试用 デモ 데모",
    "data": "data dataset datasets benchmark corpus 数据 数据集 資料集 データ データセット 데이터 데이터셋 daten datos données",
    "model": "model models weights checkpoint checkpoints 模型 模型权重 权重 モデル 모델 modell modelo modèle",
    "video": "video videos youtube talk presentation 视频 影片 讲解视频 报告 動画 비디오 영상 vídeo vidéo",
    "code": """code codes github git repo repository pytorch torch tensorflow tf jax keras caffe mxnet implementation
        star stars gitlab matlab python 代码 代码链接 代码地址 源码 源代码 官方代码 開源碼 代碼 コード 実装 코드 código codigo quellcode код""",
    "project": """project projects page website webpage web site homepage home 项目 项目主页 项目页 项目地址 主页 网站 官网 專案
        プロジェクト プロジェクトページ 프로젝트 홈페이지 proyecto projekt projet webseite проект""",
}
_BY_WORD: Mapping[str, LinkKind] = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_FILLING = """the a an of in on to for and with official unofficial full our author authors s link links here url hf huggingface
    hugging face train training technical report version online view badge new usage diffusers semantic scholar available download
    survey read now click open access ref reference 链接 地址 下载 官方 这里 点击 和 与 及 リンク 링크 enlace lien"""
_FILLING_WORDS = frozenset(_FILLING.split())
_WORDS = _PAPER.union(_FILLING_WORDS, _BY_WORD)
_COMPOUND = re.compile(
    "|".join(sorted((w for w in _WORDS if not w.isascii()), key=len, reverse=True))
    + "|demo|pdf|代码|[和与及]"
)
_MOST_WORDS = 4
_ARXIV_LABEL = re.compile(r"(?:arxiv[: ]*)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
_AROUND = " []()【】（）「」"


def read_label(text: str) -> tuple[str, ...]:
    """Return the words of a link's text in lower case: project, page for `[[Project Page]]`; code for `code2`."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return tuple(part for word in words for part in _part_label(re.sub(r"(?<=[^\W\d_])\d$", "", word)))


@lru_cache(maxsize=2000)
def _part_label(word: str) -> tuple[str, ...]:
    """Return the known words in a word of a label: 论文, 下载, 链接 for `论文下载链接`; otherwise the word itself."""
    if word.isascii() or word in _WORDS:
        return (word,)
    parts = tuple(_COMPOUND.findall(word))
    return parts if "".join(parts) == word else (word,)


def is_label(text: str) -> bool:
    """Return whether a link's text is a label (`[code]`, `Project Page`, `CVPR 2024`) instead of a title."""
    words = read_label(text)
    bare = text.strip(_AROUND)
    known = len(words) <= _MOST_WORDS and all(word in _WORDS for word in words)
    return known or bool(_ARXIV_LABEL.fullmatch(bare)) or names_venue(bare)


def is_number(text: str) -> bool:
    """Return whether a text is only an arXiv number."""
    return bool(_ARXIV_LABEL.fullmatch(text.strip(f"{_AROUND}.,;")))


def names_venue(text: str) -> bool:
    """Return whether a label names a venue with a year, or a well-known one with a date."""
    if len(text.split()) > _MOST_WORDS or ": " in text:
        return False
    parts = re.split(r",\s+", text)
    dated = len(parts) > 1 and find_venue(parts[0]) and all(map(parse_date, parts[1:]))
    return bool(dated or parse_venue(text))


def names_paper(text: str) -> bool:
    """Return whether a label announces the paper itself."""
    bare = text.strip(_AROUND)
    words = read_label(text)
    is_short = len(words) <= _MOST_WORDS + 2
    promised = is_short and any(word in _PAPER for word in words) and not promise(words)
    return promised or bool(_ARXIV_LABEL.fullmatch(bare)) or names_venue(bare)


def says_venue(text: str) -> bool:
    """Return whether a label is certainly a venue. A name with a year is often an author: `Owl 2022`."""
    venue = parse_venue(text)
    if not names_venue(text) or venue is None:
        return names_venue(text)
    return sum(map(str.isupper, venue.name)) > 1 or is_meeting(text) or sounds_like_venue(text)


def says_paper(text: str) -> bool:
    """Return whether a label only announces the paper: `PDF`, `arXiv`."""
    return all(word in _PAPER for word in read_label(text))


def is_vague_label(text: str) -> bool:
    """Return whether a label does not describe its link: `here`, `Available`."""
    return all(word in _FILLING_WORDS for word in read_label(text))


def promise(words: Iterable[str]) -> LinkKind | None:
    """Return the kind of link that the words of a label announce; None if it is only a paper."""
    promised = {_BY_WORD.get(word) for word in words}
    return next((kind for kind in _KINDS if kind in promised), None)
