// Small comforts on top of pages that work without any of this.
import { drawCharts } from "./charts.js";
import { labelTables } from "./tables.js";

/** On narrow screens the menu starts folded; without JavaScript it stays open. */
function foldMenus() {
  const narrow = window.matchMedia("(max-width: 1023px)");
  const apply = () => {
    for (const menu of document.querySelectorAll("[data-nav-fold]")) menu.open = !narrow.matches;
  };
  narrow.addEventListener("change", apply);
  apply();
}

/** A form that came back with errors puts the reader at its summary. */
function focusSummary(root) {
  root.querySelector("[data-focus]")?.focus();
}

/** A second press on a submit button must not send twice. */
function guardSubmits() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent && form.method === "post") event.preventDefault();
    else if (!form.hasAttribute("hx-post")) {
      form.dataset.sent = "yes";
      setTimeout(() => delete form.dataset.sent, 4000); // a download leaves the page as it is
    }
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}

/** A select with data-submit sends its form when it changes. */
function submitOnChange() {
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });
}

/** Paper shows everything: folded parts open while printing. */
function unfoldForPrint() {
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    for (const part of folded) part.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
  });
}

foldMenus();
unfoldForPrint();
guardSubmits();
submitOnChange();
focusSummary(document);
drawCharts(document);
labelTables(document);
document.addEventListener("htmx:afterSwap", (event) => {
  focusSummary(event.target);
  drawCharts(event.target);
  labelTables(document);
});
