/*
 * What must be known before anything is painted: light or dark, as the reader chose on this site, else as the system says; whether lists are compact;
 * the reader's marks on papers that change how high they stand; and whether anything of this page is missing.
 * Pages of every version run this script (see generator/mkdocs_plugin/theme.py).
 */
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const button = /** @type {HTMLButtonElement} */ (document.querySelector(".ps-scheme"));
  const version = new URL(script.src).search;
  const root = new URL("../..", script.src).pathname;
  const key = `${root}.scheme`;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const kept = (name = key) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const show = () => {
    const scheme = kept() ?? (dark.matches ? "slate" : "default");
    document.body.dataset.mdColorScheme = scheme;
    button.setAttribute("aria-pressed", String(scheme === "slate"));
    button.title = scheme === "slate" ? label("scheme.light") : label("scheme.dark");
  };

  /** @param {{target: any}} event */
  const renew = (event) => import(`./renew.js${version}`).then(({ renew }) => renew(event, version.slice(1))).catch(() => {});
  // Whether the event of one that is missing has passed already is chance; browsers show such a one as null or as empty.
  for (const target of /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel=stylesheet]:not([href*="//"])'))) if (!target.sheet?.cssRules.length) renew({ target });
  for (const type of ["error", "unhandledrejection", "papershelf:missing"]) addEventListener(type, renew, true);

  document.documentElement.classList.remove("no-js");
  document.documentElement.classList.add("js");
  document.documentElement.toggleAttribute("data-compact", kept(`${root}.view`) === "compact");
  document.documentElement.toggleAttribute("data-asked", location.search.length > 1);
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector(".ps-box input"));
  if (box?.form?.action === location.origin + location.pathname) box.value = new URLSearchParams(location.search).get("q") ?? ""; // what is searched for
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = document.body.dataset.mdColorScheme === "slate" ? "default" : "slate";
    try {
      localStorage.setItem(key, next);
    } catch {
      document.body.dataset.mdColorScheme = next;
      return;
    }
    show();
  });
  dark.addEventListener("change", show);
  addEventListener("storage", show);
  show();

  let marks = /** @type {Record<string, Record<string, unknown>>} */ ({});
  try {
    marks = JSON.parse(kept(`${root}.desk`) ?? "{}").papers ?? {};
  } catch {
    // desk.js sets aside what it cannot read
  }
  /** @param {HTMLElement} place @param {string} address @param {(note: Element) => unknown} put */
  const dress = (place, address, put) => {
    place.dataset.marked = "";
    const entry = marks[/\/papers\/([^/]+?)(?:\.html|\/|\/index\.html)?$/.exec(new URL(address).pathname)?.[1] ?? ""];
    for (const mark of ["read", "hidden"]) if (typeof entry?.[mark] === "string") place.dataset[mark] = "";
    if (typeof entry?.note !== "string") return;
    const note = document.createElement("p");
    note.className = "ps-own-note";
    note.textContent = entry.note;
    put(note);
  };
  const look = () => {
    for (const facts of document.querySelectorAll(".ps-page li:not([data-marked]) > p > .ps-facts")) {
      const card = /** @type {HTMLElement} */ (facts.closest("li"));
      dress(card, card.querySelector("a")?.href ?? "", (note) => card.append(note));
    }
    const heading = document.querySelector(".ps-page--paper:not([data-marked]) > h1 + *")?.previousElementSibling;
    if (heading) dress(/** @type {HTMLElement} */ (heading.parentElement), location.href, (note) => heading.after(note));
  };
  if (!Object.keys(marks).length) return;
  const parsing = new MutationObserver(look);
  parsing.observe(document.documentElement, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => parsing.disconnect());
})();
