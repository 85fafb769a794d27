"""Words that occur in abstracts on any subject, so they are not used as reasons or names."""

from __future__ import annotations

BOILERPLATE = frozenset(
    """ability abilities achieve achieves achieving additionally address approach approaches art available based
    capability capabilities challenge challenges challenging code codes com comprehensive dataset datasets demonstrate
    demonstrates different effective effectively effectiveness empower empowering enhance enhancing existing experiment
    experimental experiments extensive finding findings first framework furthermore github high however http https
    improve improvement improves improving introduce introduces introducing io key leverage leverages leveraging low
    method methods model models moreover new novel outperform outperforms page paper performance present presents
    project propose proposed proposes proposing publicly range recent recently release released remains result results
    reveal second significant significantly sota specifically state study task tasks various wide work works
    between www""".split()  # noqa: SIM905 (a list of words reads best as words)
)
