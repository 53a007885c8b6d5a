"use strict";
// a click on a column title sorts each block of its table: ascending first, then descending
function key(row, column) {
  const cell = row.cells[column];
  const value = parseFloat(cell.dataset.value);
  return cell.classList.contains("number") ? value : cell.textContent.toLowerCase();
}
function order(a, b, direction) {
  if (typeof a === "string") return direction * a.localeCompare(b);
  if (isNaN(a) || isNaN(b)) return isNaN(a) - isNaN(b); // missing numbers come last in both directions
  return direction * (a - b);
}
function sort(table, header) {
  const column = header.cellIndex;
  const direction = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of header.parentNode.cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
  for (const body of table.tBodies) {
    const rows = [...body.rows].filter((row) => !row.classList.contains("block"));
    rows.sort((one, two) => order(key(one, column), key(two, column), direction));
    body.append(...rows);
  }
}
for (const table of document.querySelectorAll("table.sortable")) {
  for (const header of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    button.addEventListener("click", () => sort(table, header));
    header.replaceChildren(button);
  }
}
// on a narrow screen the column that matters comes next to the names, and goes back when it is wide
const narrow = window.matchMedia("(max-width: 40rem)");
function arrange() {
  for (const table of document.querySelectorAll("table[data-matters]")) {
    const at = parseInt(table.dataset.matters, 10);
    const moved = table.classList.contains("arranged");
    if (moved === narrow.matches) continue;
    table.classList.toggle("arranged");
    for (const row of table.rows) {
      if (row.cells.length < 2) continue;
      const cell = row.cells[moved ? 1 : at];
      const before = row.cells[moved ? at + 1 : 1];
      row.insertBefore(cell, before === undefined ? null : before);
    }
  }
}
narrow.addEventListener("change", arrange);
arrange();
