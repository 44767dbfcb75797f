// The running total of a score sheet, and a word before unsaved points are left. Without this the server adds up.

function watch(form) {
  const inputs = [...form.querySelectorAll("[data-points]")];
  const total = form.querySelector("[data-total]");
  const left = form.querySelector("[data-left]");
  let touched = false;

  const valid = (input) => /^\d+$/.test(input.value.trim()) && Number(input.value) <= Number(input.dataset.points);
  const add = () => {
    const empty = inputs.filter((input) => input.value.trim() === "").length;
    total.value = inputs.filter(valid).reduce((sum, input) => sum + Number(input.value), 0);
    left.textContent = empty ? `${left.dataset.leftLabel} ${empty}` : left.dataset.doneLabel;
    for (const input of inputs) {
      if (input.value.trim() === "" || valid(input)) input.removeAttribute("aria-invalid");
      else input.setAttribute("aria-invalid", "true");
    }
  };
  form.addEventListener("input", () => {
    touched = true;
    add();
  });
  form.addEventListener("submit", () => {
    touched = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });
  add();
}

for (const form of document.querySelectorAll("[data-sheet]")) watch(form);
