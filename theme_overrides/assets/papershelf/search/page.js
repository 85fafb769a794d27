/** The search page: the box in its header searches, and everything that a reader chose is in the address. */

import { browse } from "./browse.js";

const root = /** @type {HTMLElement} */ (document.querySelector("#ps-search"));
const box = /** @type {HTMLInputElement} */ (document.querySelector(".ps-box input"));
browse(root, box, {}, root.nextElementSibling?.matches("ul") ? root.nextElementSibling : undefined);
if (!location.search) requestAnimationFrame(() => box.focus()); // just before the browser lays the page out anyway
