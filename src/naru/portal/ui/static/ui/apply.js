// The pages of an application's form: counters, rows to add and take away, clouds to rank, saving by itself.
import { autosave } from "./autosave.js";

const pause = (act, wait) => {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
};

/** Characters as the server counts them: composed, one per line end, without blank ends. */
const counted = (text) => [...text.replace(/\r\n?/g, "\n").normalize("NFC").trim()].length;

function countCharacters(form) {
  for (const counter of form.querySelectorAll("[data-counter]")) {
    const field = document.getElementById(counter.dataset.counter);
    const limit = Number(field.dataset.limit);
    const told = counter.querySelector("[data-count-told]");
    const tell = pause(() => {
      const left = limit - counted(field.value);
      told.textContent = left < 0 ? `${-left}${form.dataset.wordsOver}` : `${left}${form.dataset.wordsLeft}`;
    }, 2000);
    const show = () => {
      const count = counted(field.value);
      counter.querySelector("[data-count]").textContent = count.toLocaleString();
      counter.classList.toggle("counter-over", count > limit);
    };
    field.addEventListener("input", () => {
      show();
      tell();
    });
    form.addEventListener("apply:filled", show);
    show();
  }
}

/** Rows: a new one from the template; one taken away can be put back until the page is left. */
function manageRows(form) {
  const rows = form.querySelector("[data-rows]");
  const template = form.querySelector("[data-row-template]");
  if (!rows || !template) return;
  const number = () => {
    for (const [place, one] of [...rows.querySelectorAll("[data-row-number]")].entries()) one.textContent = place + 1;
  };
  const changed = () => {
    number();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };
  form.querySelector("[data-add-row]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const key = [...crypto.getRandomValues(new Uint8Array(4))].map((one) => one.toString(16).padStart(2, "0")).join("");
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("KEY", key);
    const row = holder.firstElementChild;
    rows.append(row);
    number();
    row.querySelector("input").focus();
  });
  rows.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove-row]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    const gone = document.createElement("p");
    gone.className = "row-gone";
    gone.append(rows.dataset.wordsGone, " ");
    const back = Object.assign(document.createElement("button"), { type: "button", className: "krds-btn small tertiary", textContent: rows.dataset.wordsBack });
    back.addEventListener("click", () => {
      gone.replaceWith(row);
      changed();
      row.querySelector("input").focus();
    });
    gone.append(back);
    row.replaceWith(gone);
    changed();
    back.focus();
  });
}

/** What the support table says of a model, asked while it is typed; without an answer the line stays as it was. */
function askVerdicts(form) {
  const asked = new WeakMap();
  const ask = async (row) => {
    asked.get(row)?.abort();
    const control = new AbortController();
    asked.set(row, control);
    const query = new URLSearchParams();
    for (const field of row.querySelectorAll("input[type=text], select")) query.set(field.name, field.value);
    try {
      const answer = await fetch(`${row.dataset.verdict}?${query}`, { signal: control.signal });
      if (answer.ok) row.querySelector(".verdict").innerHTML = await answer.text();
    } catch {
      // typed on, left the page, or no line: the next answer will do
    }
  };
  let timer = 0;
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-verdict]");
    if (!row || event.target.type === "radio") return;
    clearTimeout(timer);
    timer = setTimeout(() => ask(row), 400);
  });
}

/** The clouds' selects as a list with buttons; the selects stay and are what is sent. */
function rankClouds(form) {
  const ranking = form.querySelector("[data-ranking]");
  const selects = [...(ranking?.querySelectorAll("select") ?? [])];
  if (!selects.length) return;
  const words = ranking.dataset;
  const names = new Map([...selects[0].options].filter((one) => one.value).map((one) => [one.value, one.text]));
  const list = document.createElement("ol");
  list.className = "ranking-list";
  for (const field of ranking.querySelectorAll(".field")) field.hidden = true;
  ranking.append(list);

  const chosen = () => [...new Set(selects.map((one) => one.value).filter(Boolean))];
  const set = (order, code, act) => {
    selects.forEach((select, place) => (select.value = order[place] ?? ""));
    draw();
    const here = list.querySelector(`[data-code="${CSS.escape(code)}"]`);
    (here?.querySelector(`[data-act="${act}"]:not(:disabled)`) ?? here?.querySelector("button:not(:disabled)"))?.focus();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const button = (code, act, label, disabled, run) => {
    const made = Object.assign(document.createElement("button"), { type: "button", disabled, textContent: label });
    made.className = "krds-btn small tertiary";
    made.dataset.act = act;
    made.setAttribute("aria-label", `${names.get(code)}: ${label}`);
    made.addEventListener("click", run);
    return made;
  };
  function draw() {
    const order = chosen();
    const rest = [...names.keys()].filter((code) => !order.includes(code));
    list.replaceChildren(...[...order, ...rest].map((code) => line(code, order)));
  }
  function line(code, order) {
    const place = order.indexOf(code);
    const item = document.createElement("li");
    item.dataset.code = code;
    const label = document.createElement("span");
    label.textContent = place < 0 ? names.get(code) : `${words.wordsPlace.replace("#", place + 1)} ${names.get(code)}`;
    item.classList.toggle("ranking-chosen", place >= 0);
    const moved = (to) => {
      const next = order.filter((one) => one !== code);
      next.splice(to, 0, code);
      return next;
    };
    const buttons = document.createElement("span");
    buttons.className = "ranking-buttons";
    if (place < 0) {
      buttons.append(button(code, "in", words.wordsIn, order.length >= selects.length, () => set([...order, code], code, "out")));
    } else {
      buttons.append(
        button(code, "up", words.wordsUp, place === 0, () => set(moved(place - 1), code, "up")),
        button(code, "down", words.wordsDown, place === order.length - 1, () => set(moved(place + 1), code, "down")),
        button(code, "out", words.wordsOut, false, () => set(order.filter((one) => one !== code), code, "in")),
      );
    }
    item.append(label, buttons);
    return item;
  }
  form.addEventListener("apply:filled", draw);
  draw();
}

/** A link into the page puts the reader into the field, not only near it. */
function enterField() {
  const go = () => {
    const place = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const field = place?.matches("fieldset, div") ? place.querySelector("input:not([type=hidden]), select, textarea") : place;
    field?.focus({ preventScroll: false });
  };
  window.addEventListener("hashchange", go);
  go();
}

for (const form of document.querySelectorAll(".apply-form")) {
  countCharacters(form);
  manageRows(form);
  rankClouds(form);
  askVerdicts(form);
  if (form.hasAttribute("data-autosave")) autosave(form);
}
enterField();
