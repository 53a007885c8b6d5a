"use strict";
// a click on a title sorts each block of its table: upwards first, then downwards
function key(row, column) {
  const cell = row.cells[column];
  const value = parseFloat(cell.dataset.value);
  return cell.classList.contains("number") ? value : cell.textContent.toLowerCase();
}
function order(a, b, way) {
  if (typeof a === "string") return way * a.localeCompare(b);
  if (isNaN(a) || isNaN(b)) return isNaN(a) - isNaN(b); // no number comes last, either way
  return way * (a - b);
}
function sort(table, header) {
  const column = header.cellIndex;
  const way = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of header.parentNode.cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
  for (const body of table.tBodies) {
    const rows = [...body.rows].filter((row) => !row.classList.contains("block"));
    rows.sort((one, two) => order(key(one, column), key(two, column), way));
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
