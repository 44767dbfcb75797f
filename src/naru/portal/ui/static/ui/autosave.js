// A form that saves itself: typing is sent after a pause, on leaving a field and on leaving the page, and a way out
// of the page waits for it. What cannot be saved stays on the page and is tried again; a refusal or a conflict is
// said, never overridden.
const PAUSE = 1500;
const RETRIES = [2000, 4000, 8000, 15000, 30000];
const STALLED = 20_000; // a line that is silent so long is dead: nobody waits for it to leave the page

export function autosave(form) {
  const status = document.querySelector("[data-save-state]");
  const words = form.dataset;
  let edits = 0, saved = 0, left = 0, failures = 0, saving = null, timer = 0, stopped = false;

  const dirty = () => edits > saved;
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  function say(text, tone) {
    status.setAttribute("aria-busy", tone === "busy");
    status.dataset.tone = tone;
    if (status.textContent !== text) status.textContent = text;
  }

  function save(options = {}) {
    clearTimeout(timer);
    if (saving || stopped || !dirty()) return saving ?? Promise.resolve(!dirty());
    saving = send(options).finally(() => {
      saving = null;
      if (dirty() && !failures && !stopped) later(PAUSE);
    });
    return saving;
  }

  async function send({ keepalive = false }) {
    const sent = edits;
    say(words.wordsSaving, "busy");
    try {
      let answer = await post(keepalive);
      if (answer.status === 403 && (await renewToken())) answer = await post(keepalive);
      const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
      if (!told) throw new Error(answer.redirected || answer.status === 403 ? "expired" : String(answer.status));
      return took(told, sent);
    } catch (error) {
      return failed(error.message === "expired");
    }
  }

  function post(keepalive) {
    const headers = { Accept: "application/json" };
    const signal = AbortSignal.timeout(STALLED);
    return fetch(form.action, { method: "POST", body: new FormData(form), headers, keepalive, signal });
  }

  /** After logging in again in another window the old token is refused: take the new one from the page. */
  async function renewToken() {
    const page = await fetch(location.pathname);
    if (page.redirected) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = fresh.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]")?.value;
    if (token) form.elements.csrfmiddlewaretoken.value = token;
    return Boolean(token);
  }

  function failed(expired) {
    failures += 1;
    left = 0;
    say(expired ? words.wordsExpired : words.wordsFailed, "bad");
    later(RETRIES[Math.min(failures, RETRIES.length) - 1]);
    return false;
  }

  function took(told, sent) {
    if (told.state === "expired") return failed(true);
    failures = 0;
    if (told.state === "refused") {
      stopped = true;
      say(`${told.reason} ${told.mend} (${told.clause}) ${words.wordsCopy}`, "bad");
      return false;
    }
    saved = sent;
    const missed = edits === sent ? told.taken.filter((field) => !fill(field, told.base)) : [];
    form.elements.base.value = JSON.stringify(told.base);
    showErrors(told.errors);
    showConflicts(told.conflicts);
    showStep(told);
    let text = `${words.wordsSaved} ${told.at}`;
    if (told.state === "conflict") text += `. ${words.wordsConflict}`;
    else if (missed.length) text += `. ${words.wordsStale}`;
    else if (told.taken.length) text += `. ${words.wordsTaken}`;
    if (dirty()) say(words.wordsUnsaved, "busy");
    else say(text, told.state === "conflict" ? "warn" : "ok");
    return true;
  }

  /** Put in what somebody else wrote into a field left alone here; false where it has no place on the page. */
  function fill(field, base) {
    const data = Object.entries(field.data).length ? field.data : { [field.name]: "" };
    const places = Object.entries(data).map(([name, value]) => [form.elements.namedItem(name), value]);
    if (places.some(([place]) => !place || place === document.activeElement)) return false;
    for (const [place, value] of places) {
      if (place.type === "checkbox") place.checked = Boolean(value);
      else place.value = value;
    }
    base[field.name] = field.digest;
    form.dispatchEvent(new CustomEvent("apply:filled"));
    return true;
  }

  function showErrors(errors) {
    for (const old of form.querySelectorAll(".field-errors")) if (!errors[old.id.replace(/_error$/, "")]) unmark(old);
    for (const [id, messages] of Object.entries(errors)) {
      const field = document.getElementById(id);
      if (field && (field.value !== "" || field.tagName === "FIELDSET")) mark(field, id, messages);
    }
    if (!Object.keys(errors).length) document.querySelector(".error-summary[data-summary]")?.remove();
  }

  function mark(field, id, messages) {
    const list = document.getElementById(`${id}_error`) ?? document.createElement("ul");
    list.id = `${id}_error`;
    list.className = "field-errors";
    list.replaceChildren(...messages.map((message) => Object.assign(document.createElement("li"), { textContent: message })));
    field.closest(".field, .consent")?.append(list);
    field.closest(".field, .consent")?.classList.add("is-error");
    if (field.tagName !== "FIELDSET") field.setAttribute("aria-invalid", "true");
    describe(field, list.id, true);
  }

  function unmark(list) {
    const field = document.getElementById(list.id.replace(/_error$/, ""));
    list.closest(".is-error")?.classList.remove("is-error");
    list.remove();
    field?.removeAttribute("aria-invalid");
    if (field) describe(field, list.id, false);
  }

  function describe(field, id, on) {
    const ids = new Set((field.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean));
    on ? ids.add(id) : ids.delete(id);
    ids.size ? field.setAttribute("aria-describedby", [...ids].join(" ")) : field.removeAttribute("aria-describedby");
  }

  /** The differences are drawn again only when they change, so that nobody is torn out of choosing. */
  function showConflicts(html) {
    const place = form.querySelector("[data-conflicts]");
    if (place.dataset.shown !== html && !(place.dataset.shown === undefined && !html && !place.children.length)) {
      place.innerHTML = html;
    }
    place.dataset.shown = html;
  }

  function showStep(told) {
    const step = document.querySelector(`[data-step="${form.dataset.page}"]`);
    const meter = document.querySelector("[data-meter]");
    if (!step || !meter) return;
    const state = told.broken ? "error" : told.done === told.of ? "done" : "todo";
    step.className = `step step-${state}`;
    step.dataset.done = told.done;
    const left = `${told.of - told.done}${meter.dataset.wordsLeft}`;
    const text = { error: meter.dataset.wordsError, done: meter.dataset.wordsDone, todo: left }[state];
    step.querySelector("[data-step-state]").textContent = text;
    const all = [...document.querySelectorAll("[data-step]")].reduce((sum, one) => sum + Number(one.dataset.done), 0);
    meter.querySelector("[data-meter-done]").textContent = all;
    meter.querySelector("[data-meter-bar]").value = all;
  }

  /** The page may be gone in a moment, and what is on its way may be cut off with it: send what outlives it. */
  function leave() {
    if (stopped || left === edits || !(dirty() || saving)) return;
    left = edits;
    if (saving) post(true).catch(() => (left = 0));
    else save({ keepalive: true });
  }

  /** A way out waits for the save; once told that saving fails, a person may insist (the browser then asks). */
  async function afterSaving(event, go) {
    if (!(dirty() || saving) || stopped || failures) return;
    event.preventDefault();
    event.stopPropagation(); // not to be taken for a first press of two
    await saving;
    if ((await save()) !== false || !dirty()) go();
  }

  /** Count an edit. "Saved" may not stand beside text that is not; aria-busy keeps a reader from saying it. */
  function edited(wait) {
    edits += 1;
    if (failures || stopped) return;
    if (!saving) say(words.wordsUnsaved, "busy");
    later(wait);
  }

  form.addEventListener("input", () => edited(PAUSE));
  form.addEventListener("change", () => edited(50));
  window.addEventListener("online", () => dirty() && save());
  window.addEventListener("focus", () => failures && dirty() && save());
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  window.addEventListener("pagehide", leave);
  window.addEventListener("beforeunload", (event) => {
    leave(); // ahead of the next page's own request, which may show what is saved
    if (dirty() && (failures || stopped || !navigator.onLine)) event.preventDefault();
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!saving) {
      saved = edits; // the button saves everything itself
      return;
    }
    event.preventDefault(); // one after the other, or the older text could arrive last
    event.stopImmediatePropagation();
    await saving;
    form.requestSubmit(event.submitter);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const elsewhere = link && link.pathname !== location.pathname && !link.target;
    if (!elsewhere || event.ctrlKey || event.metaKey || event.shiftKey) return;
    afterSaving(event, () => location.assign(link.href));
  });
  const leavingForm = (event) => {
    if (event.target === form || event.target.target) return;
    afterSaving(event, () => event.target.requestSubmit(event.submitter)); // logging out, the other language
  };
  document.addEventListener("submit", leavingForm, { capture: true });
}
