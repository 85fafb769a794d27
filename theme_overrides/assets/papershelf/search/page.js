/** The search page: the box in its header searches, and everything that a reader chose is in the address. */

import { browse } from "./browse.js";

const root = /** @type {HTMLElement} */ (document.querySelector("#ps-search"));
const box = /** @type {HTMLInputElement} */ (document.querySelector(".ps-box input"));
browse(root, box);
if (!location.search) box.focus();
