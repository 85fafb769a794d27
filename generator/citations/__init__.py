"""References in citation styles: each style file is compiled into functions, which write the reference of a paper."""
