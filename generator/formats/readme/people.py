"""Reads names of people as written in reading lists: `Jane Owl, Bob Wren et al.`, `Owl Team: Jane Owl`, `张三、李四`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from generator.formats.readme.venues import parse_venue, sounds_like_venue
from generator.text.dates import parse_date

_TOLD = re.compile(r"\s*(?:authors?\s*[:：]|作者\s*[:：]|著者\s*[:：]|저자\s*[:：]|autor(?:es|en)?\s*[:：]|by\s)\s*", re.IGNORECASE)  # fmt: skip
_AND = re.compile(r"[,，]?\s+(?:and|&|und|et(?!\.?\s*al)|y)\s+|\s*(?<!\w)&\s+")
_SEPARATORS = frozenset(",;、，；|\n")
_OPENING, _CLOSING = "([（{", ")]）}"
_OTHERS = re.compile(
    r"(?P<name>.*?)[\s,]*(?:\bet\.?\s*al\b[.\s]*|\b(?:and\s+)?(?:\d+\s+)?others\b\.?|…|\.\.\.|等(?:人)?|ら)\s*(?P<aside>\([^()]*\))?\s*\.?",
    re.IGNORECASE,
)  # fmt: skip
_LONGEST_NAME = 200
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|（[^（）]*）|\[[^\[\]]*\])")
_NOTE_MARK = re.compile(r"\s*\d{1,2}\s*")
_MARKS = re.compile(r"[\s*†‡§¶∗⋆♠♣♥♦¹²³⁴⁵⁶⁷⁸⁹⁰]+$|(?<=[^\W\d_])\d{1,2}$")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-‐_])*")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[\s-]?){1,4}|[A-Z]{1,3}")
_HAN = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,8})*|[\u3040-\u30ff\u4e00-\u9fff]{2,8}|[\uac00-\ud7af]{2,5}"
)
# The most common Chinese, Japanese and Korean family names, because titles and remarks use the same characters.
_EAST_ASIAN = tuple(
    """王 李 张 張 刘 劉 陈 陳 杨 楊 黄 黃 赵 趙 吴 吳 周 徐 孙 孫 马 馬 朱 胡 郭 何 林 罗 羅 郑 鄭 梁 谢 謝 宋 唐 许 許 邓 鄧 韩 韓 冯 馮
    曹 彭 曾 肖 蕭 田 董 潘 袁 蔡 蒋 蔣 余 于 杜 叶 葉 程 魏 苏 蘇 吕 呂 丁 任 卢 盧 姚 沈 钟 鍾 姜 崔 谭 譚 陆 陸 范 汪 廖 石 金 韦 贾 賈
    夏 付 傅 方 邹 鄒 熊 孟 秦 邱 江 尹 薛 闫 段 雷 侯 龙 龍 史 陶 黎 贺 賀 顾 顧 毛 郝 龚 龔 邵 万 钱 錢 严 嚴 武 戴 莫 孔 汤 湯 欧阳 司马
    佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 清水 山崎 森 池田 橋本 阿部 石川 山下
    中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 岡本 藤原 三浦 金子 中川 中野 原田 松田 竹内
    小野 田村 中山 和田 石田 森田 上田 原 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 谷口 今井 工藤 高田 増田 丸山 杉山 村田
    김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 유 홍 전 고 문 양 손 배 백 허 남 심 노 하 곽 성 차 주 우 구 민 진 지 엄 채 원 천 방""".split()  # noqa: SIM905 (as above)
)
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ten",
        "ter",
        "zu",
        "zur",
        "y",
        "e",
    ]
)
_NO_NAMES = frozenset(
    """the of for in on with from to at as is are we our this that these using via an code paper papers project page and or not new best oral
    spotlight poster award submitted accepted under review preprint version blog post data dataset model models""".split()  # noqa: SIM905 (as above)
)
_BIBTEX_NAME = re.compile(
    r"(?:[a-z]{1,4}\s){0,2}[^\W\d_][\w'’-]*,\s[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,3}"
)
_GROUP = re.compile(r"\s*(?P<group>[^\W\d_][\w .&-]{1,40}?)\s*[:：]\s+(?=\S)")
BODY = re.compile(
    r"university|institut|college|academy|school|laborator|\blabs?\b|research|google|microsoft|\bmeta\b|facebook|openai|deepmind|nvidia|"
    r"alibaba|tencent|baidu|bytedance|huawei|amazon|apple|adobe|\bibm\b|intel|salesforce|samsung|group|team|center|centre|company|\binc\b|\bai\b",
    re.IGNORECASE,
)  # fmt: skip
_ENDS_SHORT = re.compile(r"(?:^|[\s.-])(?:[^\W\d_]|Jr|Sr)\.$")
_MOST_WORDS = 6
_FEWEST = 2
_SHORT = 2


class People(Struct, frozen=True, kw_only=True):
    """The names in a list, whether it indicates that there are more, and the text after them."""

    names: tuple[str, ...]
    more: bool = False
    rest: str = ""


def read_people(text: str, *, told: bool = False, inverted: bool = False) -> People | None:
    """Return the people at the start of a text; None if it is not a list of names.

    Without a word like `by`, a list must have at least two names or indicate that there are others. `told` means that
    the text is in a place for authors, so that a single name, a group and a one-word name are also accepted. `inverted`
    means that a single pair of words is a name with the family name first, as in MLA style.
    """
    if match := _TOLD.match(text):
        found = read_people(text[match.end() :], told=True)
        by = match[0].strip().casefold() == "by"
        return None if found and by and not (found.more or all(map(is_name, found.names))) else found
    if found := _read_bibtex_names(text):
        return found
    group = _GROUP.match(text)
    if group and (inner := read_people(text[group.end() :], told=told)) and len(inner.names) >= _FEWEST:
        return People(names=(group["group"], *inner.names), more=inner.more, rest=inner.rest)
    parts = _split(text)
    return _read_told(parts, inverted=inverted) if told else _read_untold(parts)


def _read_bibtex_names(text: str) -> People | None:
    """Return the people in BibTeX notation: `Owl, Jane W and Wren, Bob and others`; None for other texts."""
    *parts, last = re.split(r"\s+and\s+", _end_names(squeeze_lines(text)))
    more = last.casefold() == "others"
    parts = parts if more else [*parts, last]
    known = [_BIBTEX_NAME.fullmatch(part) for part in parts]
    return People(names=tuple(parts), more=more) if len(parts) + more > 1 and all(known) else None


def _end_names(text: str) -> str:
    """Return a list of names without the final full stop, except after an initial."""
    said = text.strip()
    return said if _ENDS_SHORT.search(said) else said.rstrip(" .")


def names_people(text: str) -> bool:
    """Return whether a text is marked as people by a word like `by` or by “et al”."""
    return bool(_TOLD.match(text) or re.search(r"\bet\.?\s*al\b", text))


def squeeze_lines(text: str) -> str:
    """Return a text with single spaces and without blank lines, because long runs of spaces would make the patterns slow."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _split(text: str) -> list[str]:
    """Return the parts of a text between separators outside of brackets."""
    parts, depth, start = list[str](), 0, 0
    text = _AND.sub(", ", squeeze_lines(text))
    for n, sign in enumerate(text):
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
        elif sign in _SEPARATORS and not depth:
            parts.append(text[start:n])
            start = n + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip(" .") and not _NOTE_MARK.fullmatch(part)]


def _read_untold(parts: Sequence[str]) -> People | None:
    """Return the names before the first part that is not a name; one-word names are accepted between others."""
    names: list[str] = []
    sure = more = 0
    for n, raw in enumerate(parts):
        part, ends = _cut_others(raw)
        if part and not _could_be_name(part):
            break
        if part:
            names.append(part)
            sure = len(names) if is_name(part) else sure
        if ends:
            more = n + 1
            break
    whole = len(names) if more else sure
    good = whole >= _FEWEST or (more and whole)
    if not good or not (more or any(map(is_name, names[:whole]))):
        return None
    rest = parts[more or whole :]
    return People(names=_clean(names[:whole]), more=bool(more), rest=", ".join(rest))


def _read_told(parts: Sequence[str], *, inverted: bool) -> People | None:
    """Return all parts before the first venue or date, if each can be a name."""
    names: list[str] = []
    more = False
    at = 0
    for raw in parts:
        if parse_date(raw.strip(" .")) or parse_venue(raw) or (names and sounds_like_venue(raw)):
            break
        at += 1
        part, ends = _cut_others(raw)
        more = more or ends
        names += [part] if part and not _is_aside(part) else []
    paired = (_pair_first(names) if inverted or len(names) > _FEWEST else []) or _pair(names)
    if not paired or not all(map(_could_be_told, paired)):
        return None
    return People(names=_clean(paired), more=more, rest=", ".join(parts[at:]))


def _is_aside(part: str) -> bool:
    return part.startswith(("(", "（", "["))


def _pair(names: list[str]) -> list[str]:
    """Return the names, with parts of inverted names joined: `Owl, J., Wren, B.`."""
    pairs = len(names) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in names[1::2])
    if not pairs or any(_INITIALS.fullmatch(part) for part in names[::2]):
        return names
    return [", ".join(pair) for pair in zip(names[::2], names[1::2], strict=True)]


def _pair_first(names: list[str]) -> list[str]:
    """Return names of which only the first is inverted (MLA style): `Owl, Jane, Bob Wren`; otherwise an empty list."""
    family, given, *others = [*names, "", ""]
    others = others[:-2]
    is_inverted = " " not in family.strip() and re.fullmatch(r"[^\W\d_][\w'’-]+(?:\s[A-Z]\.){0,2}", given)
    if not is_inverted or _INITIALS.fullmatch(given) or not all(" " in name.strip() for name in others):
        return []
    return [f"{family}, {given}", *others]


def _cut_others(part: str) -> tuple[str, bool]:
    """Return a part without words for further names, and whether it had them."""
    if len(part) > _LONGEST_NAME:
        return part, False
    match = _OTHERS.fullmatch(part)
    return (match["name"].strip(), True) if match else (part, False)


def _clean(names: Sequence[str]) -> tuple[str, ...]:
    """Return names without marks and affiliations after them, and without the final full stop."""
    said = [_MARKS.sub("", _drop_place(" ".join(name.split()))) for name in names]
    keeps = any(name.endswith(".") for name in said[:-1]) or (len(said) == 1 and "," in said[0])
    if said and not (keeps and _ENDS_SHORT.search(said[-1])):
        said[-1] = said[-1].rstrip(". ")
    return tuple(name.strip("_ 。") for name in said if name.strip("_ .。"))


def _drop_place(name: str) -> str:
    """Return a name without affiliations in brackets at its end."""
    if not name.endswith((")", "）", "]")):
        return name
    bare = _ASIDE.sub("", name).strip()
    return bare if name.startswith(bare) and bare else name


def _is_small_word(word: str) -> bool:
    """Return whether a word cannot be part of a name; short capitalised words can: `Bo An`."""
    return word.casefold() in _NO_NAMES and not (len(word) <= _SHORT and word[0].isupper())


def _could_be_told(part: str) -> bool:
    words = part.split()
    return (
        len(part) <= _LONGEST_NAME
        and 0 < len(words) <= _MOST_WORDS
        and any(map(str.isalpha, part))
        and not _NO_NAMES.intersection(words)
        and not re.search(r"\d{3}|[:?!]", part)
    )


def _could_be_name(part: str) -> bool:
    """Return whether a part is a name, or a capitalised word that may be a name among others."""
    bare = _MARKS.sub("", _ASIDE.sub("", part)).strip()
    alone = _WORD.fullmatch(bare) and bare[0].isupper() and not sounds_like_venue(bare)
    return bool(alone) or is_name(part)


def is_name(part: str, *, told: bool = False) -> bool:
    """Return whether a part looks like a person's name: at least two capitalised words, or a few Han characters.

    Names in Han and Hangul must begin with a common family name, unless `told` means a place for names.
    """
    if len(part) > _LONGEST_NAME:
        return False
    bare = _MARKS.sub("", _ASIDE.sub(" ", part)).strip(" .")
    if _HAN.fullmatch(bare):
        return told or bare.startswith(_EAST_ASIAN)
    words = [word.strip("\"“”'’") for word in bare.split()]
    if not _FEWEST <= len(words) <= _MOST_WORDS or not all(map(_WORD.fullmatch, words)):
        return bool(re.fullmatch(r"(?:[^\W\d_]\.){1,3}[^\W\d_]{2,}", bare))
    capitals = [word[0].isupper() or word.casefold() in _PARTICLES or not word[0].islower() for word in words]
    if not all(capitals) or any(map(_is_small_word, words)):
        return False
    return not sounds_like_venue(bare) and not BODY.search(bare)
