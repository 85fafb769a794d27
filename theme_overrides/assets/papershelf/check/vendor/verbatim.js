// @ts-nocheck as published
var __defProp = Object.defineProperty;
var __defNormalProp = (obj, key, value) => key in obj ? __defProp(obj, key, { enumerable: true, configurable: true, writable: true, value }) : obj[key] = value;
var __publicField = (obj, key, value) => __defNormalProp(obj, typeof key !== "symbol" ? key + "" : key, value);
import { playnice } from "./yield.js";
class ParsingError extends Error {
  constructor(message, parser) {
    message += ` at ${parser.location()}`;
    if (parser.parsing) message += ` in ${JSON.stringify(parser.parsing)}`;
    super(message);
    __publicField(this, "source");
    this.name = "ParsingError";
  }
}
const letter = /[\p{Lu}\p{Lt}\p{Ll}\p{Lm}\p{Lo}]/u;
class Library {
  constructor(input, options = {}) {
    __publicField(this, "parsing");
    __publicField(this, "entries", []);
    __publicField(this, "strings", {});
    __publicField(this, "comments", []);
    __publicField(this, "errors", []);
    __publicField(this, "preambles", []);
    __publicField(this, "default_strings", {
      JAN: "01",
      JANUARY: "01",
      FEB: "02",
      FEBRUARY: "02",
      MAR: "03",
      MARCH: "03",
      APR: "04",
      APRIL: "04",
      MAY: "05",
      JUN: "06",
      JUNE: "06",
      JUL: "07",
      JULY: "07",
      AUG: "08",
      AUGUST: "08",
      SEP: "09",
      SEPTEMBER: "09",
      OCT: "10",
      OCTOBER: "10",
      NOV: "11",
      NOVEMBER: "11",
      DEC: "12",
      DECEMBER: "12",
      ACMCS: "ACM Computing Surveys",
      ACTA: "Acta Informatica",
      CACM: "Communications of the ACM",
      IBMJRD: "IBM Journal of Research and Development",
      IBMSJ: "IBM Systems Journal",
      IEEESE: "IEEE Transactions on Software Engineering",
      IEEETC: "IEEE Transactions on Computers",
      IEEETCAD: "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
      IPL: "Information Processing Letters",
      JACM: "Journal of the ACM",
      JCSS: "Journal of Computer and System Sciences",
      SCP: "Science of Computer Programming",
      SICOMP: "SIAM Journal on Computing",
      TOCS: "ACM Transactions on Computer Systems",
      TODS: "ACM Transactions on Database Systems",
      TOG: "ACM Transactions on Graphics",
      TOMS: "ACM Transactions on Mathematical Software",
      TOOIS: "ACM Transactions on Office Information Systems",
      TOPLAS: "ACM Transactions on Programming Languages and Systems",
      TCS: "Theoretical Computer Science"
    });
    __publicField(this, "pos", 0);
    __publicField(this, "linebreaks", []);
    __publicField(this, "input");
    __publicField(this, "max_entries");
    this.max_entries = options.max_entries || 0;
    this.input = input;
    this.parsing = null;
    if (typeof options.strings === "string") {
      this.input = options.strings + "\n" + input;
    } else if (options.strings) {
      for (const [k, v] of Object.entries(options.strings)) {
        this.default_strings[k.toUpperCase()] = v;
      }
    }
    let pos = input.indexOf("\n");
    while (pos !== -1) {
      this.linebreaks.push(pos);
      pos = input.indexOf("\n", pos + 1);
    }
  }
  parse() {
    this.bibtex();
    this.entries.reverse();
  }
  async parseAsync() {
    await this.bibtexAsync();
    this.entries.reverse();
  }
  isWhitespace(s, horizontalOnly = false) {
    return s === " " || s === "	" || !horizontalOnly && (s === "\r" || s === "\n");
  }
  match(s, sws = true) {
    this.skipWhitespace();
    if (this.input.substr(this.pos, s.length) !== s) {
      throw new ParsingError(`Token mismatch, expected ${JSON.stringify(s)}, found ${JSON.stringify(this.input.substr(this.pos, 20))}...`, this);
    }
    this.pos += s.length;
    if (sws) this.skipWhitespace();
  }
  tryMatch(s, consume = false) {
    this.skipWhitespace();
    const match = this.input.substr(this.pos, s.length) === s;
    if (match && consume) this.pos += s.length;
    return match;
  }
  skipWhitespace() {
    while (this.pos < this.input.length && this.input[this.pos].match(/[ \t\r\n%]/)) {
      if (this.input[this.pos] === "%") {
        while (this.pos < this.input.length && this.input[this.pos] !== "\n") this.pos++;
      } else {
        this.pos++;
      }
    }
  }
  /*
  private fix_path() {
    // workaround for https://github.com/siefkenj/unified-latex/issues/94
    const path = '\\path|'
    const verb = path.replace('path', 'verb')
    if (this.input.substring(this.pos).startsWith(path)) {
      // eslint-disable-next-line prefer-template
      this.input = this.input.substring(0, this.pos) + verb + this.input.substring(this.pos + path.length)
    }
  }
  */
  value_braces() {
    let bracecount = 0;
    this.match("{", false);
    const start = this.pos;
    let math = false;
    while (true) {
      switch (this.input[this.pos]) {
        case "\\":
          this.pos += 1;
          break;
        case "{":
          bracecount++;
          break;
        case "}":
          if (bracecount === 0) {
            if (math) throw new ParsingError("Unclosed math section", this);
            this.pos++;
            return this.input.substring(start, this.pos - 1);
          }
          bracecount--;
          break;
        case "$":
          math = !math;
          break;
      }
      this.pos++;
      if (this.pos >= this.input.length) {
        throw new ParsingError(`Unterminated brace-value ${JSON.stringify(this.input.substr(start, 20))}`, this);
      }
    }
  }
  value_quotes() {
    this.match('"', false);
    const start = this.pos;
    let bracecount = 0;
    while (true) {
      switch (this.input[this.pos]) {
        case "\\":
          this.pos += 1;
          break;
        case "{":
          bracecount++;
          break;
        case "}":
          bracecount--;
          break;
        case '"':
          if (bracecount <= 0) {
            this.pos++;
            return this.input.substring(start, this.pos - 1);
          }
      }
      this.pos++;
      if (this.pos >= this.input.length) {
        throw new ParsingError(`Unterminated quote-value ${JSON.stringify(this.input.substr(start, 20))}`, this);
      }
    }
  }
  single_value() {
    if (this.tryMatch("{")) {
      return this.value_braces();
    } else if (this.tryMatch('"')) {
      return this.value_quotes();
    } else {
      const bare = this.key();
      if (bare.match(/^\d+$/)) return bare;
      const u_bare = bare.toUpperCase();
      const resolved = this.strings[u_bare] || this.default_strings[u_bare];
      if (typeof resolved === "undefined") {
        this.error({
          error: `Unresolved @string reference ${JSON.stringify(bare)}`,
          input: ""
        });
      }
      return resolved || `{{${bare}}}`;
    }
  }
  location() {
    const lines = this.input.substring(0, this.pos).split("\n");
    return `line ${lines.length}, column ${lines[lines.length - 1].length + 1}`;
  }
  error(err) {
    if (this.errors.find((e) => e.error === err.error)) return;
    this.errors.push(err);
  }
  value() {
    const values = [];
    values.push(this.single_value());
    while (this.tryMatch("#")) {
      this.match("#");
      values.push(this.single_value());
    }
    return values.join("");
  }
  key(allow = "") {
    const start = this.pos;
    while (true) {
      if (this.pos === this.input.length) {
        throw new ParsingError("Runaway key", this);
      }
      if (this.input[this.pos].match(/[+'a-zA-Z0-9&;_:\\./-]/) || this.input[this.pos].match(letter) || allow.includes(this.input[this.pos])) {
        this.pos++;
      } else {
        return this.input.substring(start, this.pos);
      }
    }
  }
  key_equals_value(key) {
    key = key || this.key();
    if (!key) return;
    if (!this.tryMatch("=")) {
      throw new ParsingError(`${key} = value expected, equals sign missing: ${JSON.stringify(this.input.substr(this.pos, 20))}...`, this);
    }
    this.match("=");
    const val = this.value();
    if (this.parsing === "string") {
      this.strings[key.toUpperCase()] = val;
    } else {
      const bare = key.toLowerCase();
      let postfix = 0;
      while (typeof this.entries[0].fields[key = postfix ? `${bare}+duplicate-${postfix}` : bare] === "string") {
        postfix++;
      }
      this.entries[0].fields[key] = val;
    }
  }
  entry(d, guard) {
    if (this.tryMatch(guard)) return;
    let key;
    if (this.tryMatch(",")) {
      key = "";
    } else {
      key = this.key('[]*"');
    }
    if (this.tryMatch("=")) {
      this.key_equals_value(key);
    } else {
      this.entries[0].key = key;
    }
    this.tryMatch(",", true);
    if (this.tryMatch(guard)) return;
    this.key_equals_value();
    while (this.tryMatch(",", true)) {
      if (this.tryMatch(guard)) return;
      this.key_equals_value();
    }
  }
  directive() {
    this.match("@");
    return this.key().toLowerCase();
  }
  string() {
    this.key_equals_value();
  }
  preamble() {
    this.preambles.push(this.value());
  }
  comment() {
    while (this.isWhitespace(this.input[this.pos], true)) this.pos++;
    if (this.input[this.pos] === "{") {
      this.comments.push(this.value_braces());
    } else {
      const start = this.pos;
      while (this.input[this.pos] !== "\n" && this.pos < this.input.length) this.pos++;
      this.comments.push(this.input.substring(start, this.pos));
    }
  }
  hasMore() {
    if (this.max_entries && this.entries.length >= this.max_entries) return false;
    return this.pos < this.input.length;
  }
  bibtex() {
    while (this.hasMore()) {
      this.parseNext();
    }
  }
  async bibtexAsync() {
    let n = 1;
    while (this.hasMore()) {
      this.parseNext();
      if (n++ % 1e3 === 0) await playnice();
    }
  }
  matchGuard() {
    for (const guard of ["{}", "()"]) {
      if (this.tryMatch(guard[0])) {
        this.match(guard[0]);
        return guard[1];
      }
    }
    throw new ParsingError(`Token mismatch, expected '{' or '(', found ${JSON.stringify(this.input.substr(this.pos, 20))}...`, this);
  }
  parseNext() {
    this.skipWhitespace();
    while (this.pos < this.input.length && this.input[this.pos] !== "@") {
      if (this.input[this.pos] === "%") {
        while (this.pos < this.input.length && this.input[this.pos] !== "\n") this.pos++;
      } else {
        this.pos++;
      }
    }
    if (this.pos >= this.input.length) return;
    let guard = "";
    const start = this.pos;
    try {
      const d = this.parsing = this.directive();
      switch (d) {
        case "string":
          guard = this.matchGuard();
          this.string();
          this.match(guard);
          break;
        case "preamble":
          this.preamble();
          break;
        case "comment":
          this.comment();
          break;
        default:
          guard = this.matchGuard();
          this.entries.unshift({ input: "", type: d, key: "", fields: {} });
          this.entry(d, guard);
          this.match(guard);
          this.entries[0].input = this.input.substring(start, this.pos).trim();
          break;
      }
    } catch (err) {
      if (err.name !== "ParsingError") throw err;
      this.pos = start + 1;
      while (this.pos < this.input.length && this.input[this.pos] !== "@") this.pos++;
      this.error({
        error: err.message,
        input: this.input.substring(start, this.pos)
      });
    }
  }
}
function parse(input, options = {}) {
  const parser = new Library(input, options);
  parser.parse();
  return parser;
}
const promises = {
  async parse(input, options = {}) {
    const parser = new Library(input, options);
    await parser.parseAsync();
    return parser;
  }
};
export {
  Library,
  parse,
  promises
};
