// biome-ignore-all lint/correctness/noUnusedVariables: other scripts call what stands here
/**
 * The texts that readers see, in the language of the site. No page loads this file: it tells editors and checks of types what
 * the two functions take. Packing (generator/labels/scripts.py) replaces each call by the text of `generator/labels/`, so a
 * script that was not packed cannot show one. Keys are written out. Values are expressions that may be evaluated twice, without
 * slashes and regular expressions. A label with plural forms follows its `count`: a whole number, or `sayNumber` of one.
 *
 * A language itself gives `number.group` and `number.decimal`, which part numbers, `date.months`, the names of the months with
 * spaces between them, and dates: `date.day`, `date.month` and `date.year` of a `day`, `month` (with `name`) and `year`.
 */

/** Return the text of a key with values inserted. @param {string} key @param {Record<string, unknown>} [values] @returns {string} */
function label(key, values) {
  throw new Error(`${key} has no text before the script is packed, nor has ${values}`);
}

/** Return the text of a key as the children of an element, with nodes for its values. @template T @param {string} key @param {Record<string, T>} values @returns {(T | string)[]} */
function labelParts(key, values) {
  throw new Error(`${key} has no text before the script is packed, nor has ${values}`);
}
