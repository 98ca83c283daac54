// Data, words, numbers and elements. Text from the data reaches the page only
// through text nodes and attributes: nothing is ever parsed as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const locale = data.lang === "en" ? "en-GB" : "fr-FR";
const plural = new Intl.PluralRules(locale);
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const formats = [0, 1, 2].map(
  (n) => new Intl.NumberFormat(locale, { minimumFractionDigits: n, maximumFractionDigits: n }));

/** A fixed text, with {0}, {1} filled in. */
function say(key, ...values) {
  const text = data.texts[key];
  if (text === undefined) throw new Error("no text " + key);
  return text.replace(/\{(\d)\}/g, (all, n) => (n < values.length ? values[n] : all));
}

/** A number for people; a dash where there is none. */
function number(value, decimals) {
  return value === null || value === undefined ? "–" : formats[decimals].format(value);
}

/** Does the number, as it is shown, take the singular? In French all below 2 do. */
function isOne(value, decimals) {
  return plural.select(Number(value.toFixed(decimals))) === "one";
}

function hectares(value, decimals = 2) {
  return say("ha", number(value, decimals));
}

/** An element with attributes and children (elements or texts). */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  fill(element, attributes, children);
  return element;
}

function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  fill(element, attributes, children);
  return element;
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
}

/** The letters of a class on its colour. */
function badge(cls) {
  const c = data.classes[cls - 1];
  const element = make("span", { class: "badge" }, c ? c.name : "–");
  if (c) {
    element.style.background = c.colour;
    element.style.color = c.ink;
  }
  return element;
}

function className(cls) {
  return cls ? data.classes[cls - 1].label : say("no_class");
}

/** A name from the data may be in any script: it must not turn its line. */
function isolate(text) {
  return make("bdi", {}, text);
}

/** Rings as whole decimetres and differences -> Leaflet's points in metres. */
function unpack(rings) {
  return rings.map((ring) => {
    const points = [];
    for (let i = 0, x = 0, y = 0; i < ring.length; i += 2) {
      x += ring[i];
      y += ring[i + 1];
      points.push(new L.LatLng(y / 10, x / 10));
    }
    return points;
  });
}

/** A text as it is looked for: no case, accents, spaces or hyphens. */
function searchKey(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f\s'’-]/g, "").toLowerCase();
}

/** "Lillebonne (76384)", or the one of the two that is known; "" for none. */
function communeName(number) {
  const [code, name] = data.communes[number] ?? [null, null];
  return name && code ? say("commune_code", name, code) : name ?? code ?? "";
}

const communeKeys = data.communes.map(([code, name], i) => (
  { code: searchKey(code ?? ""), name: searchKey(name ?? ""), label: searchKey(communeName(i)) }));

function readParcel(territory, columns, row) {
  const parcel = { territory, place: null };
  columns.forEach((name, i) => { parcel[name] = row[i]; });
  parcel.kinds = [parcel.polluted, parcel.catchment, parcel.corridor];
  parcel.key = searchKey(parcel.id);
  return parcel;
}

/** Ranked before not ranked, then by class and score; scores that look the same
 * by rank: the order of the ranks, over all territories. */
function byRank(a, b) {
  return (a.rank === 0) - (b.rank === 0) || a.cls - b.cls ||
    (b.score ?? -1) - (a.score ?? -1) || a.rank - b.rank ||
    b.plantable - a.plantable || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

const parcels = [];
const sites = [];
data.territories.forEach((territory, t) => {
  const own = territory.parcels.map((row) => readParcel(t, territory.columns, row));
  territory.own = own;
  for (const p of own) parcels.push(p);
  for (const [rank, id, count, ha, score, cls, tonnage] of territory.sites)
    sites.push({ territory: t, rank, id, count, plantable: ha, score, cls, tonnage });
  delete territory.parcels;
});
parcels.sort(byRank);

/** What the page shows now; the parts of the page listen to changes. */
const state = { shown: parcels, chosen: null, listeners: { shown: [], chosen: [] } };

function listen(what, action) {
  state.listeners[what].push(action);
}

function tell(what) {
  for (const action of state.listeners[what]) action();
}

/** Makes a parcel (or null) the one whose card is open. */
function choose(parcel) {
  state.chosen = parcel;
  tell("chosen");
}
