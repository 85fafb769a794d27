/** The page for a URL without a page: the words of the URL are put into its search field. */

const field = /** @type {HTMLInputElement | null} */ (document.querySelector(".ps-lost input"));
const last = location.pathname.split("/").filter(Boolean).at(-1) ?? "";

/** Return a part of a URL as it reads; one that is wrongly encoded stays as it is. @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

if (field && !field.value && last !== "404.html") {
  field.value = decode(last)
    .replace(/\.html?$/, "")
    .replaceAll(/[-_.+\s]+/g, " ")
    .trim();
}
