/** Bytes of the index to values: the reading side of generator/search/blocks.py, facets.py, store.py, spellings.py and meaning.py, and of generator/meaning/lexicon.py. */

const TEXT = new TextDecoder();
const NAME = 6; // characters of the name of a file
const FORM_BITS = 3;
const FORM_MASK = 7;

/** Return three bits that tell most words of one stem apart, as generator/search/postings.py does. @param {string} word */
export function nameForm(word) {
  return /^[\x00-\x7f]+$/.test(word) ? (word.length + word.charCodeAt(word.length - 1)) & FORM_MASK : 0;
}

/** Reads varints and bytes one after the other. */
export class Reader {
  /** @param {Uint8Array} bytes @param {number} [at] */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Return the next number. @returns {number} */
  number() {
    let value = 0;
    let shift = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
      shift *= 128;
    }
  }

  /** Return the next bytes. @param {number} length */
  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/**
 * @typedef {{term: string, documents: number, postings: Uint8Array, positionsIn: string, positionsAt: number, positions: number, parts: string}} Term
 *   `positionsIn` is the file of the positions of the term's block, `positionsAt` where its own begin there, `positions` their bytes
 * Return the terms of a block by name.
 * @param {Uint8Array} bytes
 * @returns {Map<string, Term>}
 */
export function readBlock(bytes) {
  const reader = new Reader(bytes);
  const positionsIn = `p-${TEXT.decode(reader.take(NAME))}.bin`;
  const count = reader.number();
  /** @type {{term: string, documents: number, size: number, positionsAt: number, positions: number, parts: string}[]} */
  const heads = [];
  let before = new Uint8Array();
  let positionsAt = 0;
  for (let index = 0; index < count; index += 1) {
    const shared = reader.number();
    const rest = reader.take(reader.number());
    const name = new Uint8Array(shared + rest.length);
    name.set(before.subarray(0, shared));
    name.set(rest, shared);
    before = name;
    const documents = reader.number();
    const size = reader.number();
    const positions = reader.number();
    const parts = TEXT.decode(reader.take(reader.number()));
    heads.push({ term: TEXT.decode(name), documents, size, positionsAt, positions, parts });
    positionsAt += positions;
  }
  return new Map(heads.map(({ size, ...head }) => [head.term, { ...head, positionsIn, postings: reader.take(size) }]));
}

/**
 * Call `use(document, title, topics, authors, venue, text, place, form)` with the counts of every posting, the first
 * place of the term in the title (1 is that of the first word, 0 where it is not there), and its form there.
 * @param {Uint8Array} bytes
 * @param {(document: number, title: number, topics: number, authors: number, venue: number, text: number, place: number, form: number) => void} use
 */
export function readPostings(bytes, use) {
  const reader = new Reader(bytes);
  let document = -1;
  while (reader.at < bytes.length) {
    const head = reader.number();
    document += Math.floor(head / 2);
    if (head % 2 === 0) {
      use(document, 0, 0, 0, 0, 1, 0, 0);
    } else {
      const byte = bytes[reader.at++];
      const there = byte & 3 ? bytes[reader.at++] : 0;
      use(document, byte & 3, (byte >> 2) & 1, (byte >> 3) & 1, (byte >> 4) & 1, byte >> 5, there >> FORM_BITS, there & FORM_MASK);
    }
  }
}

/**
 * Return the positions of a term in the documents of its postings, by document.
 * @param {Term} term
 * @param {Uint8Array} positions the positions of the term's whole block
 * @param {Set<number>} [wanted] only these documents
 * @returns {Map<number, number[]>}
 */
export function readPositions(term, positions, wanted) {
  const reader = new Reader(positions, term.positionsAt);
  const found = new Map();
  readPostings(term.postings, (document) => {
    const list = [];
    let at = 0;
    for (let left = reader.number(); left > 0; left -= 1) list.push((at += reader.number()));
    if (!wanted || wanted.has(document)) found.set(document, list);
  });
  return found;
}

/**
 * Return the values of every facet and what each paper has of them, by the facet's id.
 * @param {Uint8Array} bytes @param {[string, string, boolean][]} facets as the manifest has them @param {number} papers
 * @returns {Record<string, import("./facets.js").Column>}
 */
export function readFacets(bytes, facets, papers) {
  const reader = new Reader(bytes);
  const values = JSON.parse(TEXT.decode(reader.take(reader.number())));
  const one = () => Uint32Array.from({ length: papers }, () => reader.number());
  const all = () => Array.from({ length: papers }, () => Array.from({ length: reader.number() }, () => reader.number()));
  return Object.fromEntries(facets.map(([id, , several]) => [id, { values: values[id], numbers: several ? all() : one() }]));
}

/** Return each paper's rank by date and by title. @param {Uint8Array} bytes @param {number} papers */
export function readOrders(bytes, papers) {
  const reader = new Reader(bytes);
  const column = () => Uint32Array.from({ length: papers }, () => reader.number());
  return { date: column(), title: column() };
}

/** Return bytes as vectors, one behind the other. @param {Uint8Array} bytes @param {number} count @returns {Int8Array[]} */
function cutVectors(bytes, count) {
  const size = bytes.length / count;
  return Array.from({ length: count }, (_, n) => new Int8Array(bytes.buffer, bytes.byteOffset + n * size, size));
}

/** Return the vectors of a file of words, by word. @param {Uint8Array} bytes @returns {Map<string, Int8Array>} */
export function readVectors(bytes) {
  const head = new DataView(bytes.buffer, bytes.byteOffset);
  const end = 4 + head.getUint16(2, true);
  const vectors = cutVectors(bytes.subarray(end), head.getUint16(0, true));
  return new Map(
    TEXT.decode(bytes.subarray(4, end))
      .split("\n")
      .map((word, n) => [word, vectors[n]]),
  );
}

/** Return the papers of a cell. @param {Uint8Array} bytes */
export function readCell(bytes) {
  const reader = new Reader(bytes);
  let document = 0;
  const documents = Array.from({ length: reader.number() }, () => (document += reader.number()));
  const vectors = cutVectors(bytes.subarray(reader.at), documents.length);
  return documents.map((number, n) => ({ document: number, vector: vectors[n] }));
}

/** Return the names of the cells, the mean of all papers, and the centres. @param {Uint8Array} bytes @param {number} cells */
export function readCentres(bytes, cells) {
  const names = TEXT.decode(bytes.subarray(0, cells * NAME)).match(/.{6}/g) ?? [];
  const [mean, ...centres] = cutVectors(bytes.subarray(cells * NAME), cells + 1);
  return { names, mean, centres };
}

/** Return a text backwards, by code points. @param {string} text */
export function turn(text) {
  return [...text].reverse().join("");
}

/**
 * @typedef {{word: string, term: string, number: number}} Known a word, its stem, and how often it occurs
 * Return the words of a file of spellings.
 * @param {Uint8Array} bytes @param {(word: string) => string} [spell] from what is written there
 * @returns {Known[]}
 */
export function readWords(bytes, spell = (word) => word) {
  const lines = TEXT.decode(bytes).split("\n").filter(Boolean);
  return lines.map((line) => {
    const [written, number, term] = line.split(" ");
    const word = spell(written);
    return { word, term: term ?? word, number: Number(number) };
  });
}
