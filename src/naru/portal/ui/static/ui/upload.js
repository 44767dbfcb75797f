// Uploads with progress, drag and drop and patience on a bad line. Without this the forms send by themselves.
// Sending the same file again is safe: the server keeps it once.
const PAUSES = [1, 2, 4, 8, 15, 30]; // seconds before another try
const STALLED = 60_000; // milliseconds without a byte gone: the line is dead
const AGAIN_LATER = new Set([0, 408, 425, 429, 500, 502, 503, 504]);

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

class Upload {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=file]");
    this.words = form.closest("[data-uploads]").dataset;
    this.box = form.querySelector(".upload-progress");
    this.bar = this.box.querySelector("progress");
    this.said = this.box.querySelector(".upload-said");
    this.cancel = this.box.querySelector("[data-cancel]");
    this.again = this.box.querySelector("[data-again]");
    form.querySelector("[data-send]").hidden = true;
    form.querySelector(".drop-hint").hidden = false;
    form.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); this.begin(); });
    this.input.addEventListener("change", () => this.begin());
    this.cancel.addEventListener("click", () => this.stop());
    this.again.addEventListener("click", () => this.begin());
    this.listenForDrops();
  }

  listenForDrops() {
    const over = (on) => (event) => { event.preventDefault(); this.form.classList.toggle("is-over", on); };
    this.form.addEventListener("dragover", over(true));
    this.form.addEventListener("dragleave", over(false));
    this.form.addEventListener("drop", (event) => {
      over(false)(event);
      const files = event.dataTransfer.files;
      if (files.length !== 1) return files.length && this.tell(this.words.sayOne, { bad: true });
      this.input.files = files;
      this.begin();
    });
  }

  begin() {
    const file = this.input.files[0];
    if (!file) return;
    if (file.size > Number(this.input.dataset.maxBytes)) {
      const size = (file.size / 1e6).toFixed(1);
      return this.tell(fill(this.words.sayLarge, { name: file.name, size }), { bad: true });
    }
    this.attempt = 0;
    this.cancelled = false;
    this.send();
  }

  send() {
    clearTimeout(this.waiting);
    this.progress(0);
    const request = (this.request = new XMLHttpRequest());
    const alive = () => { clearTimeout(this.stalled); this.stalled = setTimeout(() => request.abort(), STALLED); };
    request.upload.addEventListener("progress", (event) => { alive(); this.progress(event.loaded / event.total); });
    request.addEventListener("loadend", () => { clearTimeout(this.stalled); this.answered(request); });
    request.open("POST", this.form.action);
    request.setRequestHeader("X-Fragment", "document");
    alive();
    request.send(new FormData(this.form));
  }

  progress(part) {
    const percent = Math.floor(part * 100);
    this.bar.value = percent;
    this.tell(percent < 100 ? fill(this.words.saySending, { percent }) : this.words.sayChecking, { busy: true });
  }

  answered(request) {
    if (this.cancelled) return;
    if (AGAIN_LATER.has(request.status)) return this.later();
    if (request.responseURL.includes("/accounts/login/")) return this.tell(this.words.sayLogin, { bad: true });
    if (request.status !== 200 && request.status !== 422) {
      return this.tell(fill(this.words.sayRefused, { status: request.status }), { bad: true });
    }
    this.replace(request.responseText);
  }

  later() {
    const seconds = PAUSES[this.attempt];
    if (seconds === undefined) return this.tell(this.words.sayFailed, { bad: true });
    this.attempt += 1;
    this.tell(fill(this.words.sayAgain, { seconds, attempt: this.attempt + 1 }), { busy: true });
    this.waiting = setTimeout(() => this.send(), seconds * 1000);
    window.addEventListener("online", () => this.waiting && this.send(), { once: true });
  }

  stop() {
    this.cancelled = true;
    clearTimeout(this.waiting);
    this.waiting = null;
    this.request?.abort();
    this.tell(this.words.sayCancelled, { bad: true });
  }

  tell(text, { bad = false, busy = false } = {}) {
    this.box.hidden = false;
    this.bar.hidden = this.cancel.hidden = !busy;
    this.again.hidden = !bad || !this.input.files.length;
    this.said.classList.toggle("is-bad", bad);
    if (this.said.textContent !== text) this.said.textContent = text;
  }

  replace(html) {
    const old = this.form.closest("section");
    const made = new DOMParser().parseFromString(html, "text/html").getElementById(old.id);
    old.replaceWith(made);
    made.querySelector("h2").focus();
    const badge = made.querySelector(".evidence-head .badge");
    document.querySelector(`.evidence-index a[href="#${made.id}"] + .badge`)?.replaceWith(badge.cloneNode(true));
    enhance(made);
  }
}

// A form beside words that are being typed: kept without leaving the page. When the line fails it sends by itself.
async function keepInPlace(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Fragment": "document" } }).catch(() => null);
  if (!answer || answer.redirected || ![200, 422].includes(answer.status)) return form.submit();
  const old = form.closest("section");
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(old.id);
  old.replaceWith(made);
  made.querySelector("h2").focus();
  enhance(made);
}

function enhance(root) {
  for (const form of root.querySelectorAll("form[data-upload]")) new Upload(form);
  for (const form of root.querySelectorAll("form[data-in-place]")) {
    form.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); keepInPlace(form); });
  }
}

enhance(document);
// A file let fall beside a box must not replace the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
