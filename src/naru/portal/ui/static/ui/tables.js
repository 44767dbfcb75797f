// On a narrow screen a table becomes one card per row, each cell beside its heading.
// Without this the table stays a table that scrolls sideways.

const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
const FEWEST = 3; // fewer columns fit as they are; more than MOST are a grid to be compared across
const MOST = 9;

/** The headings of a table plain enough to be taken apart: one row of them, no cell across two. */
function headingsOf(table) {
  const rows = table.tHead ? [...table.tHead.rows] : [];
  const across = "tfoot, [colspan]:not([colspan='1']), [rowspan], input:not([type=hidden])";
  if (rows.length !== 1 || table.querySelector(across)) return null;
  const headings = [...rows[0].cells].map((cell) => {
    const words = cell.cloneNode(true);
    for (const aside of words.querySelectorAll(".sr-only")) aside.remove();
    return words.textContent.trim();
  });
  return headings.length >= FEWEST && headings.length <= MOST ? headings : null;
}

/** Cells drawn as blocks are no table to a screen reader any more, unless they say so. */
function keepMeaning(table) {
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td, th")]) {
    const name = part.localName;
    part.setAttribute("role", name === "th" ? (part.scope === "row" ? "rowheader" : "columnheader") : ROLES[name]);
  }
}

/** Mark the tables that may be stacked and write each cell's heading on it; the style sheet does the rest. */
export function labelTables(root) {
  for (const table of root.querySelectorAll(".table-scroll > .grid:not([data-stack])")) {
    const headings = headingsOf(table);
    if (!headings) continue;
    for (const row of table.tBodies[0]?.rows ?? []) {
      for (const [place, cell] of [...row.cells].entries()) cell.dataset.label = headings[place] ?? "";
    }
    keepMeaning(table);
    table.dataset.stack = "";
  }
}
