/* Light or dark, before anything is painted: as the reader chose on this site, else as the system says. */
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const button = /** @type {HTMLButtonElement} */ (document.querySelector(".ps-scheme"));
  const root = new URL("../..", script.src).pathname;
  const key = `${root}.scheme`;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const show = () => {
    const scheme = kept() ?? (dark.matches ? "slate" : "default");
    document.body.setAttribute("data-md-color-scheme", scheme);
    button.setAttribute("aria-pressed", String(scheme === "slate"));
    button.title = `Switch to ${scheme === "slate" ? "light" : "dark"}`;
  };
  document.documentElement.classList.remove("no-js");
  document.documentElement.classList.add("js");
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = document.body.getAttribute("data-md-color-scheme") === "slate" ? "default" : "slate";
    try {
      localStorage.setItem(key, next);
    } catch {
      document.body.setAttribute("data-md-color-scheme", next);
      return;
    }
    show();
  });
  dark.addEventListener("change", show);
  addEventListener("storage", show);
  show();
})();
