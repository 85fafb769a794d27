/** Files of the index, loaded when they are first needed and kept; a missing one is named. */

import { hashName } from "../shared/words.js";
import { readBlock, readCell, readCentres, readFacets, readOrders, readPositions, readVectors, readWords, turn } from "./codec.js";

export const FORMAT = 6;
export const MEANING = 1;
const TEXT = new TextDecoder();
const NAME = 6; // characters of the name of a file
const ENOUGH = 400;

/** A file of the index that could not be loaded. */
export class MissingFile extends Error {
  /** @param {string} file @param {unknown} cause */
  constructor(file, cause) {
    super(label("results.not_loaded", { file }), { cause });
    this.file = file;
  }
}

/** Undo deflate. @param {Uint8Array} bytes @returns {Promise<Uint8Array>} */
async function inflate(bytes) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The index as the engine sees it. */
export class Store {
  /**
   * @param {any} manifest
   * @param {(file: string) => Promise<Uint8Array>} load
   */
  constructor(manifest, load) {
    this.manifest = manifest;
    this.load = load;
    /** @type {Map<string, Promise<any>>} */
    this.kept = new Map();
  }

  /** Open an index. @param {(file: string) => Promise<Uint8Array>} load @returns {Promise<Store>} */
  static async open(load) {
    const file = "manifest.json";
    const bytes = await load(file).catch((cause) => Promise.reject(new MissingFile(file, cause)));
    const manifest = JSON.parse(TEXT.decode(bytes));
    if (manifest.format !== FORMAT) throw new Error(label("results.other_format", { found: manifest.format, known: FORMAT }));
    return new Store(manifest, load);
  }

  /**
   * Return what `read` makes of a file, or of what the manifest has of it; a failure is forgotten, so that the next call tries again.
   * @template T @param {string} file @param {(bytes: Uint8Array) => T} read @returns {Promise<T>}
   */
  file(file, read) {
    let found = this.kept.get(file);
    if (!found) {
      const inside = this.manifest.inside[file];
      found = (inside ? Promise.resolve(Uint8Array.from(atob(inside), (sign) => sign.charCodeAt(0))) : this.load(file))
        .then(inflate)
        .then(read)
        .catch((cause) => {
          this.kept.delete(file);
          throw new MissingFile(file, cause);
        });
      this.kept.set(file, found);
    }
    return found;
  }

  /** Return the number of the block that would hold a term, or -1. @param {string} term */
  blockOf(term) {
    return findPart(this.manifest.firsts, term);
  }

  /** Return the terms of a block. @param {number} block */
  block(block) {
    return block < 0 ? Promise.resolve(new Map()) : this.file(`t-${nameAt(this.manifest.blocks, block)}.bin`, readBlock);
  }

  /** Return a term, or undefined. @param {string} term @returns {Promise<import("./codec.js").Term | undefined>} */
  async term(term) {
    return (await this.block(this.blockOf(term))).get(term);
  }

  /** Return the terms that begin with some letters, at most `most`, frequent ones first. @param {string} prefix @param {number} most */
  async startingWith(prefix, most) {
    const found = [];
    for (let block = Math.max(0, this.blockOf(prefix)); block < this.manifest.firsts.length; block += 1) {
      if (compare(this.manifest.firsts[block], prefix + "\uffff") > 0 || found.length > ENOUGH) break;
      for (const term of (await this.block(block)).values()) if (term.term.startsWith(prefix)) found.push(term);
    }
    return found.sort((a, b) => b.documents - a.documents || compare(a.term, b.term)).slice(0, most);
  }

  /** Return the positions of a term by document. @param {import("./codec.js").Term} term @param {Set<number>} [wanted] */
  async positions(term, wanted) {
    return readPositions(term, await this.file(term.positionsIn, (bytes) => bytes), wanted);
  }

  /**
   * Return those of some terms whose positions together load no more than so many bytes, the smallest files first.
   * @param {import("./codec.js").Term[]} terms @param {number} most
   */
  async cheapPositions(terms, most) {
    /** @type {Map<number, import("./codec.js").Term[]>} */
    const files = new Map();
    for (const term of terms) {
      const block = this.blockOf(term.term);
      files.set(block, [...(files.get(block) ?? []), term]);
    }
    const sizes = await Promise.all([...files].map(async ([block, found]) => ({ found, size: endOfPositions(await this.block(block)) })));
    const kept = new Set();
    let sum = 0;
    for (const { found, size } of sizes.sort((a, b) => a.size - b.size)) {
      sum += size;
      if (sum <= most) for (const term of found) kept.add(term);
    }
    return kept;
  }

  /**
   * Return the authors whose names, begun at any of their words, start with some letters.
   * @param {string} prefix folded @param {number} most @returns {Promise<{name: string, papers: number}[]>}
   */
  async authors(prefix, most) {
    if (!this.manifest.authors) return [];
    const lines = (/** @type {Uint8Array} */ bytes) =>
      TEXT.decode(bytes)
        .split("\n")
        .map((line) => line.split("\t"));
    const parts = await this.file(`ax-${this.manifest.authors}.bin`, lines);
    let at = parts.findIndex(([first]) => compare(first, prefix) > 0);
    at = Math.max(0, (at < 0 ? parts.length : at) - 1);
    /** @type {Map<string, number>} */
    const found = new Map();
    for (; at < parts.length && compare(parts[at][0], `${prefix}\uffff`) <= 0 && found.size < ENOUGH; at += 1) {
      for (const [key, name, papers] of await this.file(`a-${parts[at][1]}.bin`, lines)) if (key.startsWith(prefix)) found.set(name, Number(papers));
    }
    const sorted = [...found].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
    return sorted.slice(0, most).map(([name, papers]) => ({ name, papers }));
  }

  /** Return the lengths of all texts, then of all titles, on a logarithmic scale. */
  lengths() {
    return this.file(`lx-${this.manifest.lengths}.bin`, (bytes) => bytes);
  }

  /** Return the vector of a stem, or undefined. @param {string} word @returns {Promise<Int8Array | undefined>} */
  async vector(word) {
    const { words, files } = this.manifest.meaning;
    return (await this.file(`v-${words}-${parseInt(hashName(word), 16) % files}.bin`, readVectors)).get(word);
  }

  /** Return the names of the cells of papers, the mean of all papers, and the centres of the cells. */
  centres() {
    const { centres, cells } = this.manifest.meaning;
    return this.file(`mx-${centres}.bin`, (bytes) => readCentres(bytes, cells));
  }

  /** Return the papers of a cell with their vectors. @param {string} name */
  cell(name) {
    return this.file(`c-${name}.bin`, readCell);
  }

  /** Return the values of every facet and what each paper has of them, by the facet's id. @returns {Promise<Record<string, import("./facets.js").Column>>} */
  facets() {
    const { columns, facets, papers } = this.manifest;
    return this.file(`cx-${columns}.bin`, (bytes) => readFacets(bytes, facets, papers));
  }

  /** Return the values of the shelf's own fields, by field and document. @returns {Promise<import("./own.js").OwnColumns>} */
  async own() {
    const { own } = this.manifest;
    return own ? this.file(`f-${own}.bin`, (bytes) => JSON.parse(TEXT.decode(bytes))) : {};
  }

  orders() {
    return this.file(`ox-${this.manifest.orders}.bin`, (bytes) => readOrders(bytes, this.manifest.papers));
  }

  /** Return the short words that typos can be mended to. */
  shortWords() {
    return this.file(`ws-${this.manifest.spellings.short}.bin`, readWords);
  }

  /** Return at least all words that begin with some letters. @param {string} letters */
  wordsFrom(letters) {
    return this.#words("forwards", "w", letters, readWords);
  }

  /** Return at least all words that end with some letters. @param {string} letters */
  wordsTo(letters) {
    return this.#words("backwards", "b", turn(letters), (bytes) => readWords(bytes, turn));
  }

  /** @param {"forwards" | "backwards"} way @param {string} kind @param {string} letters @param {(bytes: Uint8Array) => import("./codec.js").Known[]} read */
  async #words(way, kind, letters, read) {
    const { firsts, files } = this.manifest.spellings[way];
    const parts = [];
    for (let at = Math.max(0, findPart(firsts, letters)); at < firsts.length && compare(firsts[at], `${letters}\uffff`) <= 0; at += 1) {
      parts.push(this.file(`${kind}-${nameAt(files, at)}.bin`, read));
    }
    return (await Promise.all(parts)).flat();
  }

  /**
   * Return some documents as one file of an export format, in their order; its texts were made with the index.
   * @param {number[]} documents @param {string} format
   */
  async exportAs(documents, format) {
    const { batch, exports } = this.manifest;
    const entries = await this.file(`nx-${this.manifest.names}.bin`, (bytes) => TEXT.decode(bytes));
    const column = exports.findIndex((/** @type {string[]} */ [name]) => name === format);
    const [, ending, media, head, between, tail] = exports[column];
    const texts = [];
    for (const document of documents) {
      const part = await this.file(`e-${nameAt(entries, Math.floor(document / batch))}.bin`, (bytes) => JSON.parse(TEXT.decode(bytes)));
      texts.push(part[document % batch][column]);
    }
    return { text: `${head}${texts.join(between)}${tail}`, ending, media };
  }

  /** Return the cards of some documents, in their order. @param {number[]} documents */
  async cards(documents) {
    const { chunk, chunks } = this.manifest;
    return Promise.all(
      documents.map(async (document) => {
        const cards = await this.file(`d-${nameAt(chunks, Math.floor(document / chunk))}.bin`, (bytes) => JSON.parse(TEXT.decode(bytes)));
        return readCard(cards[document % chunk], this.manifest);
      }),
    );
  }
}

/** Return one of the names of a list of files. @param {string} names one behind the other @param {number} at */
function nameAt(names, at) {
  return names.slice(at * NAME, (at + 1) * NAME);
}

/** Return which of some sorted parts would hold a text, or -1, given what divides each from the one before. @param {string[]} firsts @param {string} text */
function findPart(firsts, text) {
  let low = 0;
  let high = firsts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(firsts[middle], text) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Return the bytes of the positions of a block. @param {Map<string, import("./codec.js").Term>} block */
function endOfPositions(block) {
  const last = [...block.values()].pop();
  return last ? last.positionsAt + last.positions : 0;
}

/** Compare by code points, as Python sorts. @param {string} one @param {string} two */
export function compare(one, two) {
  if (one === two) return 0;
  const a = [...one];
  const b = [...two];
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    if (a[at] !== b[at]) return /** @type {number} */ (a[at].codePointAt(0)) < /** @type {number} */ (b[at].codePointAt(0)) ? -1 : 1;
  }
  return a.length - b.length;
}

/** @param {any[]} card @param {any} manifest */
function readCard(card, manifest) {
  const [id, title, authors, authorCount, published, kind, status, has, topics, text, venue, own = []] = card;
  return {
    id,
    title,
    authors,
    authorCount,
    published,
    text,
    venue,
    own,
    kind: manifest.kinds[kind],
    status: manifest.statuses[status],
    has: manifest.has.filter((/** @type {string} */ _, /** @type {number} */ bit) => (has >> bit) & 1),
    topics: topics.map((/** @type {number} */ n) => manifest.topics[n]),
  };
}
