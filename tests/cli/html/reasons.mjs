// What the page knows of parcels, communes and scenarios: reasons.mjs INDEX.HTML
// of the project with two communes, scenarios and uncertainty.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { check, openPage, smallTargets, violations } from "./browser.mjs";

const file = process.argv[2];
const { browser, page, requests, problems } = await openPage(file);
const settle = () => page.waitForTimeout(400);
const plain = (text) => text.replace(/\s+/g, " ");
const rows = () => page.locator("#ranking tbody .link").allTextContents();
const missing = (text, wanted) => wanted.filter((part) => !text.includes(part));
const html = readFileSync(file, "utf8");
const data = JSON.parse(html.match(/<script type="application\/json" id="data">([^]*?)<\/script>/)[1]);
const { columns, parcels, plans } = data.territories[0];
const value = (row, name) => row[columns.indexOf(name)];

// ---- search by commune
for (const typed of ["Lillebonne", "lillebonne (76384)", "76384", "LILLE"]) {
  await page.fill("#f-search", typed);
  await settle();
  check(`search: "${typed}" finds the commune`, (await rows()).join() === "76384000AB0001" ? [] : [await rows()]);
}
await page.fill("#f-search", "tancarville");
await settle();
check("search: by the name of the place around", (await rows()).join() === "76684000AB0002" ? [] : [(await rows()).join()]);
await page.fill("#f-search", "port jerome");
await settle();
check("search: no accents, no hyphens", (await rows()).join() === "76476000ZA0003" ? [] : [(await rows()).join()]);
await page.fill("#f-search", "");
await settle();
const offered = (await page.locator("#communes option").evaluateAll((all) => all.map((o) => o.value))).join("; ");
check("search: communes are offered",
  offered === "Lillebonne (76384); Port-Jérôme-sur-Seine (76476); Tancarville (76684)" ? [] : [offered]);

// ---- the card
await page.click("#ranking .link >> text=76476000ZA0003");
await settle();
const card = plain(await page.locator("#card").innerText());
const row = parcels.find((p) => value(p, "id") === "76476000ZA0003");
check("card: says all that is known", missing(card, [
  "Port-Jérôme-sur-Seine (76476)", "Débouché autorisé", "matériaux", "Certitude", "site pollué, non analysé",
  "t MS/ha/an (", "Ce qui limite le plus", "D’après : " + data.layers[value(row, "sources")[0]], "Pour passer en classe S1", "À vérifier", "Sol non analysé",
  "D’où vient le score", "80,0 ; note 0,80", "sur 75", "Fiabilité", "Score moyen de", "± ", "Classe S1 ou S2 dans",
  "Rang entre", "Selon les scénarios", "Accès d'abord", "Plantation rapide"]));
check("card: points add up to the score", await page.evaluate(() => {
  const read = (text) => Number(text.replace(",", ".").replace(/ .*/, ""));
  const points = [...document.querySelectorAll("#card .points tbody td:last-child")].map((cell) => read(cell.textContent));
  const total = read(document.querySelector("#card .points tfoot td").textContent);
  return Math.abs(points.reduce((a, b) => a + b, 0) - total) < 1e-6;
}));
const shown = await page.locator("#card .small-list tbody tr").evaluateAll((all) =>
  all.map((tr) => [...tr.cells].map((cell) => cell.textContent)));
check("card: scores of the scenarios", shown.map((cells) => cells[1].replace(",", ".")).join() ===
  value(row, "scenarios").map(([score]) => score.toFixed(1)).join() ? [] : [JSON.stringify(shown)]);
check("card: no axe violation", await violations(page));

// ---- the card on paper
await page.evaluate(() => { window.print = () => {}; });
await page.click("#card button >> text=Imprimer la fiche");
await page.emulateMedia({ media: "print" });
const printed = await page.evaluate(() => [...document.querySelectorAll("main > *, #card, #card .cautions, #card .points, .button, nav")]
  .filter((element) => element.checkVisibility()).map((element) => element.id || element.className));
check("print: the card, its map and nothing else", printed.join() === "map-section,card,points,cautions" ||
  printed.join() === "map-section,card,cautions,points" ? [] : [printed.join()]);
await page.emulateMedia({ media: "screen" });
await page.evaluate(() => document.body.classList.remove("one-card"));
const pdf = await page.pdf({ preferCSSPageSize: true });
check("print: a picture stands in for the map", (await page.locator("img.on-paper").getAttribute("src")).startsWith("data:image/png") && pdf.length > 20000);

// ---- map and ranking show the same
await page.click("#card button >> text=Zoomer");
await settle();
const middle = () => page.evaluate(() => {
  const map = document.getElementById("map").getBoundingClientRect();
  const canvas = document.querySelector(".leaflet-overlay-pane canvas");
  const box = canvas.getBoundingClientRect();
  const scale = canvas.width / box.width;
  return [...canvas.getContext("2d").getImageData((map.x + map.width / 2 - box.x) * scale,
    (map.y + map.height / 2 - box.y) * scale, 1, 1).data].join();
});
const colour = await page.locator("#ranking tr.chosen .badge").evaluate((badge) =>
  getComputedStyle(badge).backgroundColor.match(/\d+/g).join());
check("map: the colour of the ranking's class", (await middle()) === colour + ",255" ? [] : [await middle(), colour]);
await page.locator("#f-class input").nth(value(row, "cls") - 1).uncheck();
await settle();
check("filters: gone from ranking and map alike", (await rows()).includes("76476000ZA0003") || (await middle()) !== "0,0,0,0"
  ? [await rows(), await middle()].flat() : []);
await page.click("text=Tout réafficher");
await settle();

// ---- scenarios
const comparison = page.locator("#plans table").first();
check("scenarios: one row each", await comparison.locator("tbody tr").count() === 3);
const text = plain(await comparison.innerText());
check("scenarios: say what changes", missing(text, ["Projet", "3 ha par an et territoire", "road : poids de 25 % à 70 %",
  "50 ha par an et territoire", "parcelles de 1,0 ha au moins"]));
const harvest = plans.map((plan) => plan.years[3][9][2]);
check("scenarios: the harvest of the last year", missing(text, harvest.map((t) =>
  t.toLocaleString("fr-FR", { maximumFractionDigits: 0 }).replace(/\s/g, " "))));
check("scenarios: a line each in two charts", await page.locator("#plans svg.lines polyline").count() === 6);
check("scenarios: charts have their words", (await page.locator("#plans svg.lines").evaluateAll((all) =>
  all.map((svg) => svg.getAttribute("aria-label")))).every((label) => label.includes("Plantation rapide")));
await page.selectOption("#plan-kind", "1");
check("scenarios: by kind of land", missing(plain(await page.locator("#plans table").first().innerText()), ["0,0"]));
await page.selectOption("#plan-kind", "3");
await page.click("#plans summary");
check("scenarios: the years as a table", await page.locator("#plans details tbody tr").count() === 10);
check("scenarios: no axe violation", await violations(page));
check("scenarios: targets of 44 px", (await smallTargets(page)).filter((line) => !line.includes('class="link"')));
check("summary: where the uncertainty comes from", plain(await page.locator("#summary").innerText())
  .includes("D’où vient l’incertitude"));

// ---- files: each that may be opened has its link
const folder = dirname(file);
const all = readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
  .filter((path) => statSync(path).isFile()).map((path) => relative(folder, path))
  .filter((path) => !/\.(qml|wld|aux\.xml)$|^index\.html$/.test(path)).sort();
const linked = await page.locator("#files a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
check("files: every file has a link", all.filter((path) => !linked.includes(path)));
check("files: every link has a file", linked.filter((path) => !all.includes(path)));

// ---- French typography: no plain space before ; : ? ! % or after «
const wrong = (await page.locator("body").innerText()).split("\n").filter((line) => / [;:?!%»]|« |\d %/.test(line));
check("words: no-break spaces where French has them", wrong);

check("page: no request", requests);
// the map's pixels were read above
check("page: no error or warning", problems.filter((line) => !line.includes("willReadFrequently")));
await browser.close();
