// Adds up the points of a score sheet while they are typed. The server adds again when the sheet is saved.
document.querySelectorAll("form[data-running-total]").forEach((form) => {
  const output = form.querySelector("[data-total]");
  const inputs = [...form.querySelectorAll("input[data-points]")];
  const add = () => {
    output.textContent = inputs.reduce((sum, input) => sum + (Number.parseInt(input.value, 10) || 0), 0);
  };
  form.addEventListener("input", add);
  add();
});
