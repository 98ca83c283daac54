// Puts the parts together: filters on the left, map, card, tables.
const field = (id) => document.getElementById(id);

function checkBox(name, value, ...label) {
  const input = make("input", { type: "checkbox", name, value, checked: true });
  const box = make("label", { class: "check" }, input, ...label, make("small"));
  input.addEventListener("change", () => box.classList.toggle("off", !input.checked));
  return box;
}

function buildFilters() {
  field("f-territory").append(make("option", { value: "" }, say("all_territories")),
    ...data.territories.map((t, i) => make("option", { value: i }, t.name)));
  field("communes").append(...data.communes.map((none, i) => communeName(i)).sort((a, b) => a.localeCompare(b, locale))
    .map((name) => make("option", { value: name })));
  data.classes.forEach((c, i) => field("f-class").append(
    checkBox("class", i + 1, badge(i + 1), c.label.replace(/^\w\d – /, ""))));
  data.kinds.forEach((kind, k) => field("f-kind").append(
    checkBox("kind", k, kind.label)));
}

/** Beside each class and kind, its hectares in the chosen territory. */
function showHectares(summary) {
  const show = (id, values) => field(id).querySelectorAll("small").forEach((small, i) => {
    small.textContent = hectares(values[i], 0);
  });
  show("f-class", summary[data.kinds.length]);
  show("f-kind", summary.map((kind) => kind[data.classes.length]));
}

/** Numbers of the communes that `test` holds for. */
function communesBy(test) {
  return new Set(communeKeys.flatMap((key, i) => (test(key) ? [i] : [])));
}

/** Communes as they are offered, by name (several may have it) or by code. */
function communesCalled(text) {
  const wanted = searchKey(text);
  return communesBy((key) => wanted && [key.label, key.code, key.name].includes(wanted));
}

/** A test for parcels by what was typed: a commune as it is offered, else part
 * of an identifier or of a commune's name. Digits begin both. */
function searchTest(text) {
  const wanted = searchKey(text);
  const exact = communesCalled(text);
  if (exact.size) return (p) => exact.has(p.commune);
  const named = communesBy((key) => wanted.length > 1 && key.name.includes(wanted));
  const digits = /^\d{1,5}$/.test(wanted);
  return (p) => named.has(p.commune) || (digits ? p.key.startsWith(wanted) : p.key.includes(wanted));
}

/** A test for parcels from the filters as they stand. */
function readFilters() {
  const checked = (name) => new Set([...document.querySelectorAll(`#filters input[name=${name}]:checked`)]
    .map((input) => Number(input.value)));
  const territory = field("f-territory").value;
  const found = searchTest(field("f-search").value);
  const classes = checked("class");
  const kinds = [...checked("kind")];
  const minimum = Number(field("f-minimum").value) || 0;
  // a parcel without data has no class: it goes with the complete choice only
  const everyClass = classes.size === data.classes.length;
  const everyKind = kinds.length === data.kinds.length;
  return (p) => (territory === "" || p.territory === Number(territory)) &&
    (everyClass || classes.has(p.cls)) && (everyKind || kinds.some((k) => p.kinds[k] > 0)) &&
    p.plantable >= minimum && found(p);
}

function countLine(list) {
  if (!list.length) return say(parcels.length ? "count_none" : "nothing");
  const sum = (key) => list.reduce((all, p) => all + (p[key] ?? 0), 0);
  return say(list.length === 1 ? "count_one" : "count_line", number(list.length, 0),
             number(sum("plantable"), 1), number(sum("tonnage"), 0));
}

function territoryName() {
  const chosen = field("f-territory").value;
  return chosen === "" ? say("whole_study") : data.territories[chosen].name;
}

function start() {
  const whole = wholeStudy();
  buildFilters();
  showFigures(whole);
  showNotice(whole);
  showSummary(whole);
  showPlans();
  showFiles();
  const map = startMap();
  fitOnPaper(map);
  const card = field("card");

  const scrollTo = (element, block) =>
    element.scrollIntoView({ behavior: calm ? "auto" : "smooth", block });
  // on narrow screens the card lies below the map, out of sight
  const isBelow = () => card.getBoundingClientRect().top >= field("map").getBoundingClientRect().bottom;
  const ranking = parcelTable((parcel) => {
    choose(parcel);
    if (!isBelow()) scrollTo(field("map-section"), "start");
    field("card-title").focus({ preventScroll: true });
  });
  const showSite = (territory, id) => {
    const own = parcels.filter((p) => p.territory === territory && p.site === id);
    if (!own.length) return;
    mark(map, own);
    look(map, boundsOf(own), -1);
    scrollTo(field("map-section"), "start");
    field("map").focus({ preventScroll: true });
  };
  const siteList = siteTable((site) => showSite(site.territory, site.id));

  listen("shown", () => {
    field("count").textContent = countLine(state.shown);
    ranking.show(state.shown, say("caption_parcels", territoryName()));
    if (state.chosen) ranking.mark(state.chosen);
  });
  listen("chosen", () => {
    showCard(card, state.chosen, {
      zoom: () => look(map, state.chosen.place.getBounds(), 1),
      row: () => ranking.focus(),
      print: () => { document.body.classList.add("one-card"); window.print(); },
      close: () => { choose(null); card.focus({ preventScroll: true }); },
      site: (parcel) => showSite(parcel.territory, parcel.site) });
    ranking.mark(state.chosen);
    if (state.chosen && isBelow()) scrollTo(card, "start");
    field("said").textContent = state.chosen ? say("card_shown", state.chosen.id) : "";
  });
  const refilter = () => {
    const test = readFilters();
    state.shown = parcels.filter(test);
    const territory = field("f-territory").value;
    showHectares((territory === "" ? whole : data.territories[territory]).summary);
    siteList.show(sites.filter((s) => territory === "" || s.territory === Number(territory)),
                  say("caption_sites", territoryName()));
    tell("shown");
  };

  let wait = 0;
  field("filters").addEventListener("input", (event) => {
    clearTimeout(wait);
    wait = setTimeout(refilter, event.target.type === "search" || event.target.type === "number" ? 200 : 0);
    if (event.target === field("f-territory"))
      look(map, extentOf(data.territories.filter((t, i) => ["", String(i)].includes(event.target.value))));
  });
  field("filters").addEventListener("reset", () => setTimeout(() => {
    document.querySelectorAll("#filters .off").forEach((box) => box.classList.remove("off"));
    refilter();
    look(map, extentOf(data.territories));
  }));
  field("filters").addEventListener("submit", (event) => event.preventDefault());
  field("f-search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !field("f-search").value.trim()) return;
    clearTimeout(wait);
    refilter();
    if (communesCalled(field("f-search").value).size)
      look(map, boundsOf(state.shown), 0);
    else if (state.shown.length) choose(state.shown[0]); // the best of those found
  });
  field("print").addEventListener("click", () => window.print());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.chosen) choose(null);
  });
  showCard(card, null);
  refilter();
}

start();
