// A score sheet: the running totals, and saving by itself. Without this the server adds up and the button saves.
import { autosave } from "../ui/autosave.js";

function watch(form) {
  const inputs = [...form.querySelectorAll("[data-points]")];
  const total = form.querySelector("[data-total]");
  const left = form.querySelector("[data-left]");

  const valid = (input) => /^\d+$/.test(input.value.trim()) && Number(input.value) <= Number(input.dataset.points);
  const sum = (some) => some.filter(valid).reduce((points, input) => points + Number(input.value), 0);
  const add = () => {
    const empty = inputs.filter((input) => input.value.trim() === "").length;
    total.value = sum(inputs);
    for (const row of form.querySelectorAll(".sheet-score:has([data-sum])")) {
      row.querySelector("[data-sum]").value = sum([...row.querySelectorAll("[data-points]")]);
    }
    left.textContent = empty ? `${left.dataset.leftLabel} ${empty}` : left.dataset.doneLabel;
    for (const input of inputs) {
      if (input.value.trim() === "" || valid(input)) input.removeAttribute("aria-invalid");
      else input.setAttribute("aria-invalid", "true");
    }
  };
  form.addEventListener("input", add);
  form.addEventListener("apply:filled", add);
  add();
}

for (const form of document.querySelectorAll("[data-sheet]")) {
  watch(form);
  if ("autosave" in form.dataset) autosave(form);
}
