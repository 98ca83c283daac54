// Tables that sort and turn pages; the ranking and the sites are two of them.

/** columns: {key, title, cell(row) -> text or element, value(row), number,
 * compare}. Returns {show(rows, caption), reveal(row), mark(row)}. */
function makeTable(box, columns, options) {
  const table = {
    rows: [], page: 0, size: 25, sort: columns[0], falling: false, marked: null };
  const caption = make("caption");
  const body = make("tbody");
  const heads = columns.map((column) => makeHead(table, column));
  const where = make("span", { class: "where", role: "status" });
  const buttons = makePager(table);
  box.append(
    make("div", { class: "table-box", tabindex: "0", role: "group", "aria-labelledby": options.label },
         make("table", { class: "list" }, caption, make("thead", {}, make("tr", {}, ...heads)), body)),
    make("div", { class: "pager" }, buttons[0], buttons[1], where, buttons[2], buttons[3],
         sizeChoice(table)));

  table.pages = () => Math.max(1, Math.ceil(table.rows.length / table.size));
  table.turn = (page) => {
    table.page = Math.max(0, Math.min(page, table.pages() - 1));
    const first = table.page * table.size;
    body.replaceChildren(...table.rows.slice(first, first + table.size)
      .map((row) => makeRow(table, columns, row)));
    where.textContent = say("page_of", number(table.page + 1, 0), number(table.pages(), 0));
    buttons.forEach((button, i) => {
      button.disabled = i < 2 ? table.page === 0 : table.page === table.pages() - 1;
    });
  };
  table.order = () => {
    const { sort } = table;
    const compare = sort.compare || ((a, b) => compareValues(sort.value(a), sort.value(b)));
    // equal ones stay in the order of the ranks, whichever way the column runs
    table.rows.sort((a, b) => (table.falling ? -compare(a, b) : compare(a, b)) || options.tie(a, b));
    heads.forEach((head, i) => head.setAttribute("aria-sort",
      columns[i] !== sort ? "none" : table.falling ? "descending" : "ascending"));
  };
  table.show = (rows, title) => {
    table.rows = rows.slice();
    caption.textContent = title;
    table.order();
    table.turn(0);
  };
  table.mark = (row) => {
    table.marked = row;
    const at = row ? table.rows.indexOf(row) : -1;
    table.turn(at >= 0 ? Math.floor(at / table.size) : table.page);
  };
  table.focus = () => {
    const link = body.querySelector("tr.chosen .link");
    if (!link) return;
    link.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    link.focus({ preventScroll: true });
  };
  return table;
}

function compareValues(a, b) {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return typeof a === "string" ? a.localeCompare(b, locale) : a - b;
}

function makeHead(table, column) {
  const sort = () => {
    // numbers are asked for largest first, words from A; again turns it round
    table.falling = table.sort === column ? !table.falling : Boolean(column.largest);
    table.sort = column;
    table.order();
    table.turn(0);
  };
  return make("th", { scope: "col", class: column.number ? "number" : null },
              make("button", { type: "button", onclick: sort }, column.title));
}

function makeRow(table, columns, row) {
  return make("tr", { class: row === table.marked ? "chosen" : null },
    ...columns.map((column) => make("td", { class: column.number ? "number" : null }, column.cell(row))));
}

function makePager(table) {
  const turns = [
    ["«", "first", () => 0], ["‹", "previous", () => table.page - 1],
    ["›", "next", () => table.page + 1], ["»", "last", () => table.pages() - 1]];
  return turns.map(([sign, label, page]) => make("button", {
    type: "button", class: "button", "aria-label": say(label), title: say(label),
    onclick: () => table.turn(page()) }, sign));
}

function sizeChoice(table) {
  const select = make("select", {
    onchange: () => {
      table.size = Number(select.value);
      table.turn(0);
    } }, ...[25, 50, 100].map((n) => make("option", { value: n }, String(n))));
  return make("label", { class: "per-page" }, say("per_page"), select);
}

function kindNames(row) {
  return ["kind_0", "kind_1", "kind_2"].filter((key, k) => row.kinds[k] > 0).map((key) => say(key)).join(", ");
}

function limitName(row) {
  return row.limiting ? data.factors[row.limiting - 1].title : say("no_limit");
}

/** No column where it would say the same in every row. */
function territoryColumns() {
  return data.territories.length < 2 ? [] : [
    { title: say("c_territory"), value: (row) => data.territories[row.territory].name,
      cell: (row) => isolate(data.territories[row.territory].name) }];
}

/** Only names: the code stands in the identifier. */
function communeColumns() {
  const name = (row) => data.communes[row.commune]?.[1] ?? "–";
  return data.communes.some((commune) => commune[1]) ? [
    { title: say("c_commune"), value: name, cell: (row) => isolate(name(row)) }] : [];
}

function numberColumn(key, title, decimals) {
  return { title: say(title), number: true, largest: true, value: (row) => row[key],
           cell: (row) => number(row[key], decimals) };
}

function classColumn() {
  return { title: say("c_class"), value: (row) => row.cls || 9, cell: (row) => badge(row.cls) };
}

/** The ranking; `open(parcel)` shows card and map. */
function parcelTable(open) {
  const columns = [
    { title: say("c_rank"), number: true, compare: byRank,
      cell: (p) => (p.rank ? number(p.rank, 0) : say("not_ranked")) },
    { title: say("c_parcel"), value: (p) => p.id,
      cell: (p) => make("button", { type: "button", class: "link", "aria-label": say("show_parcel", p.id),
                                    onclick: () => open(p) }, isolate(p.id)) },
    ...territoryColumns(), ...communeColumns(), classColumn(), numberColumn("score", "c_score", 1),
    numberColumn("plantable", "c_plantable", 2), numberColumn("tonnage", "c_tonnage", 1),
    { title: say("c_kinds"), value: kindNames, cell: kindNames },
    { title: say("c_limiting"), value: limitName, cell: (p) => isolate(limitName(p)) },
    { title: say("c_use"), value: (p) => say("use_" + p.use), cell: (p) => say("use_" + p.use) }];
  return makeTable(document.getElementById("ranking"), columns, { label: "h-ranking", tie: byRank });
}

function siteTable(open) {
  const bySite = (a, b) => a.rank - b.rank || b.tonnage - a.tonnage || a.territory - b.territory;
  const columns = [
    { title: say("c_rank"), number: true, compare: bySite, cell: (s) => number(s.rank, 0) },
    { title: say("c_site"), value: (s) => s.id,
      cell: (s) => make("button", { type: "button", class: "link", "aria-label": say("show_site", s.id),
                                    onclick: () => open(s) }, say("site_title", s.id)) },
    ...territoryColumns(), classColumn(), numberColumn("score", "c_score", 1),
    numberColumn("count", "c_parcels", 0), numberColumn("plantable", "c_plantable", 2),
    numberColumn("tonnage", "c_tonnage", 1)];
  return makeTable(document.getElementById("sites"), columns, { label: "h-sites", tie: bySite });
}
