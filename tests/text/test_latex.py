"""Commands of LaTeX in fields and in running text: signs, accents, arguments."""

import time

import pytest

from generator.text.latex import latex_to_text


def read(tex):
    return latex_to_text(tex, whole=True)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"p {\textless} 0.05, q\textgreater{}3 {\textbar} \S 3", "p < 0.05, q>3 | § 3"),
        (r"\pounds 5 \copyright{} owl{\textunderscore}net \P{}2 \dag \ddag", "£ 5 © owl_net ¶2 † ‡"),
        (r"\textquotedbl{}Owls\textquotedbl{} \textminus 3 \textsurd 2 \euro{}5", '"Owls" − 3 √ 2 €5'),
        (r"Bird\slash Nest \lq Owl\rq{} \glqq Uhu\grqq{} \og Hibou\fg{}", "Bird/ Nest ‘Owl’ „Uhu“ «\xa0Hibou\xa0»"),
        (r"Owl\char39{}s {\char126}owl \char'176 {\char`\~} \symbol{95}", "Owl's ~owl ~~ _"),
        (r"{\textonehalf} \textdegree C \textmu m \texteuro{} \textnumero 5", "½ ° C µ m € № 5"),
    ],
)  # fmt: skip
def test_commands_that_print_a_sign_are_that_sign(tex, text):
    assert read(tex) == text
    assert latex_to_text(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Hu\'{\^e} Nguy{\~{\^e}}n Tr{\`{\^a}}n Ph{\d{a}}m H{\`{\u{a}}}ng Vi{\d{\^e}}t", "Huế Nguyễn Trần Phạm Hằng Việt"),
        (r"{\d{\^{e}}} \'{\u{a}} \^{\d{o}} \h{\^a} \'{\ohorn} \d{\'{s}} \={\"u}", "ệ ắ ộ ẩ ớ ṣ́ ǖ"),
        (r"{\'{\i}} \'\i{} \.{\i} \v{\j} \={\i} \'{\ae} \t{oo}", "í í i ǰ ī ǽ o͡o"),
        (r"{\textcommabelow s}pinte {\textcommabelow S}tefan \textcommabelow{t}", "șpinte Ștefan ț"),
        (r"Martin{\ocirc{u}} Vasil{\cprime}ev \Dbar ang {\dbar}uro \polhk{a} \soft{d} \lfhook{s} Nguy\cftil{e}n \cdprime", "Martinů Vasilʹev Đang đuro ą ď ș Nguyễn ʺ"),
        (r"S\u{o\llap{'}}n C{\^{e}}\llap{\raise.3ex\hbox{'}\kern.1em} o\llap{'}i", "Sơ̆n Cể ơi"),
        (r"\'{eu} M\" uller \c{\ }", "éu Müller ¸"),
    ],
)  # fmt: skip
def test_an_accent_is_put_on_a_letter_that_may_have_one(tex, text):
    assert read(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Se{\'}lune and Se{\'}ve{\`}re", "Sélune and Sévère"),
        (r"Mu{\"}ller, Jir{\v}i, n{\~}o, c{\c}a", "Müller, Jiři, ño, ça"),
        (r"Se\'{}lune Mu\"{}ller", "Sélune Müller"),
        (r"{\'}Etude, {\"}Uhu, K{\"}oln", "Étude, Ühu, Köln"),
        (r"Owl{\'}s and owls{\'} nests, O{\'}Wren, Owl\'{}s", "Owl's and owls' nests, O'Wren, Owl's"),
        (r"2{\^} 2\^{}3 x\~{}y a\^{}b {\'} {\v}", "2^ 2^3 x~y a^b ' ˇ"),
    ],
)
def test_an_accent_without_a_letter_belongs_to_the_letter_beside_it(tex, text):
    assert read(tex) == text
    assert "\\" not in read(tex)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (
            r"\ifmmode \check{C}\else \v{C}\fi{}ermak, Ji\ifmmode \check{r}\else \v{r}\fi{}ina",
            "Čermak, Jiřina",
        ),
        (r"{\ifmmode\bar{B}\else\={B}\fi}ird 5\ifmmode\times\else\texttimes\fi{}5", "B̄ird 5×5"),
        (r"a\ifmmode x\fi b \ifmmode\ifmmode x\else y\fi\else z\fi", "ab z"),
        (r"\fi a \else b \ifmmode c", "a b c"),
    ],
)
def test_a_condition_prints_what_stands_outside_of_mathematics(tex, text):
    assert read(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\foreignlanguage{german}{Die {Nester}} \selectlanguage{english}nests", "Die Nester nests"),
        (r"\raisebox{1ex}[2pt][3pt]{up} \parbox[t]{3cm}{in} \makebox[3cm][c]{it}", "up in it"),
        (r"\textcolor[rgb]{1,0,0}{red} \resizebox{1cm}{!}{owls} {\color{red}eyes}", "red owls eyes"),
        (r"\href{https://example.org/a\_b}{the {nests}} at \url{https://example.org/~a_b}", "the nests at https://example.org/~a_b"),
        (r"\texorpdfstring{$\alpha$}{alpha} and $\beta$", r"$\alpha$ and $\beta$"),
        (r"\textcolor{$x$}{red} and $\beta$", r"red and $\beta$"),
        (r"{\noopsort{owl}}Nest\label{x} \fontsize{1}{2}\selectfont", "Nest selectfont"),
        (r"\mkbibparens{a} \enquote{b {c}} \textgerman{Eule} \unknown{d} \unknown e", "(a) “b c” Eule d unknown e"),
    ],
)  # fmt: skip
def test_arguments_that_are_no_text_are_not_printed(tex, text):
    assert read(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Hu\'{\^e}, H{\`{\u{a}}}ng, Se{\'}ve{\`}re", "Huế, Hằng, Sévère"),
        (
            r"\foreignlanguage{german}{zwei Nester} in \textcolor{red}{two colours}",
            "zwei Nester in two colours",
        ),
        (r"{\ifmmode\check{r}\else\v{r}\fi} and {\cprime}", "ř and ʹ"),
        (r"a {\owl nest} of \'x, x\'{}2, \~\~struck", r"a {owl nest} of x́, x\'{}2, \~s̃truck"),
        (r"\texorpdfstring{$\alpha$}{alpha} and $\beta$", r"$\alpha$ and $\beta$"),
        ("see https://a.b/sim75%/c~d and sim75%", "see https://a.b/sim75%/c~d and ∼75%"),
    ],
)
def test_running_text_is_read_by_the_same_commands(tex, text):
    assert latex_to_text(tex) == text


@pytest.mark.parametrize(
    "part", ["\\'", "{\\'", "{\\'}", "{", "}", "\\v", "\\ifmmode ", "\\else", "\\url{", "\\href{a}", "\\textcolor{", "\\cite[", " ", "\\a ", "\\\\", "$a$", "a{\\'}"]
)  # fmt: skip
@pytest.mark.parametrize("whole", [True, False])
def test_long_runs_are_read_at_once(part, whole):
    text = (part * 20_000)[:20_000]
    start = time.process_time()
    latex_to_text(text, whole=whole)
    assert time.process_time() - start < 1
