// What the page does: behaviour.mjs INDEX.HTML. The project is lib.sh's own:
// parcels A, B and C are plantable.
import { readFileSync, writeFileSync } from "node:fs";
import { check, openPage, smallTargets, violations } from "./browser.mjs";

const { browser, page, requests, problems } = await openPage(process.argv[2]);
const rows = () => page.locator("#ranking tbody tr").count();
const count = () => page.locator("#count").textContent();
const card = () => page.locator("#card").innerText();
const settle = () => page.waitForTimeout(400);

check("page: French, with a title", [
  ...(await page.evaluate(() => document.documentElement.lang)) === "fr" ? [] : ["lang"],
  ...(await page.title()).includes("Essai") ? [] : ["title"]]);
check("page: no axe violation on opening", await violations(page));
check("page: targets of 44 px", await smallTargets(page));
check("page: three plantable parcels", await rows() === 3 ? [] : [await count()]);

await page.click("#ranking .link >> text=/^A$/");
await settle();
const text = await card();
check("card: opens from the ranking", ["Parcelle A", "Surface plantable", "Ce qui limite le plus",
  "Sol pollué ou suspect", "Débouché"].filter((wanted) => !text.includes(wanted)));
check("card: has the focus", await page.evaluate(() => document.activeElement.id) === "card-title");
check("card: points add up to the score", await page.evaluate(() => {
  const read = (s) => Number(s.replace(",", "."));
  const points = [...document.querySelectorAll("#card .points tbody tr td:last-child")]
    .map((cell) => read(cell.textContent.split(" ")[0]));
  const score = read(document.querySelector("#card .score b").textContent);
  return Math.abs(points.reduce((a, b) => a + b, 0) - score) < 0.16;
}));
check("card: no axe violation", await violations(page));
check("card: targets of 44 px", (await smallTargets(page)).filter((line) => !line.includes("Site ")));
check("ranking: the row is marked", await page.locator("#ranking tr.chosen").count() === 1);

await page.click("#card button >> text=Zoomer");
await settle();
await page.keyboard.press("Escape");
check("card: Escape closes", !(await card()).includes("Parcelle A"));
const map = await page.locator("#map").boundingBox();
await page.mouse.click(map.x + map.width / 2, map.y + map.height / 2);
await settle();
check("map: a click opens the card", (await card()).includes("Parcelle A") ? [] : [await card()]);
check("map: a parcel under the mouse says its name",
  (await page.locator(".leaflet-tooltip").allTextContents()).join("").includes("A"));
await page.click("#card button >> text=Voir dans le classement");
check("card: leads to its row", await page.evaluate(() =>
  document.activeElement.closest("tr")?.classList.contains("chosen") ?? false));

await page.fill("#f-search", "b");
await settle();
check("search: one parcel, map and table", await rows() === 1 && (await count()).startsWith("1 parcelle,"));
await page.press("#f-search", "Enter");
check("search: Enter opens the card", (await card()).includes("Parcelle B"));
await page.fill("#f-search", "zzz");
await settle();
check("search: nothing found is said", (await count()).startsWith("Aucune parcelle"));
await page.click("text=Tout réafficher");
await settle();
check("filters: reset shows all", await rows() === 3);
await page.uncheck("#f-kind input >> nth=0");
await settle();
check("filters: by kind", await rows() === 0);
await page.check("#f-kind input >> nth=0");
await page.fill("#f-minimum", "3");
await settle();
check("filters: by hectares", await rows() === 2 ? [] : [await count()]);
await page.click("text=Tout réafficher");
await settle();
for (const box of await page.locator("#f-class input").all()) await box.uncheck();
await settle();
check("filters: by class", await rows() === 0);
await page.click("text=Tout réafficher");
await settle();

const first = () => page.locator("#ranking tbody tr .link").first().textContent();
await page.click("#ranking th >> text=Parcelle");
const rising = await first();
await page.click("#ranking th >> text=Parcelle");
check("ranking: a column sorts both ways", rising === "A" && await first() === "C" ? [] : [rising, await first()]);

await page.reload();
await page.keyboard.press("Tab");
const skip = await page.evaluate(() => document.activeElement.className);
await page.keyboard.press("Enter");
check("keyboard: the first stop skips to the content", skip === "skip" &&
  await page.evaluate(() => document.activeElement.id) === "content");
const scale = () => page.locator(".leaflet-control-scale-line").textContent();
await page.focus("#map");
const before = await scale();
for (let i = 0; i < 3; i++) {
  await page.keyboard.press("-");
  await settle();
}
check("keyboard: the map zooms", before !== await scale() ? [] : [before]);
check("keyboard: every stop shows its focus", await page.evaluate(() =>
  [...document.querySelectorAll("button, a, select, input, #map")].filter((e) => e.checkVisibility())
    .filter((e) => {
      e.focus({ focusVisible: true });
      return document.activeElement === e && getComputedStyle(e).outlineStyle === "none";
    }).map((e) => e.outerHTML.slice(0, 120))));
const second = page.locator("#ranking tbody .link").nth(1);
const name = await second.textContent();
await second.focus();
await page.keyboard.press("Enter");
check("keyboard: Enter on a row opens the card", (await card()).includes("Parcelle " + name));

await page.click("#sites tbody tr:nth-child(1) .link");
check("sites: a site shows on the map", await page.evaluate(() => document.activeElement.id) === "map");

check("links: only to files of the folder", await page.evaluate(() =>
  [...document.querySelectorAll("a")].map((a) => a.getAttribute("href"))
    .filter((href) => !href.startsWith("#") && !/^[\w./-]+$/.test(href))));
check("summary: a chart by class and one by kind", await page.locator("#summary svg[role=img]").count() === 2);
const pdf = await page.pdf({ preferCSSPageSize: true });
check("print: a PDF", pdf.length > 20000 && pdf.subarray(0, 5).toString() === "%PDF-" ? [] : [String(pdf.length)]);
await page.setViewportSize({ width: 390, height: 800 });
await settle();
check("narrow screen: nothing sticks out", await page.evaluate(() =>
  document.documentElement.scrollWidth <= window.innerWidth) ? [] : ["wider than the window"]);
check("narrow screen: no axe violation", await violations(page));
check("page: no request", requests);
check("page: no error or warning", problems);
await browser.close();

// ranks stand in their order where classes and rounded scores are the same,
// however large the parcels are; a better class comes first
const html = readFileSync(process.argv[2], "utf8");
const block = /(<script type="application\/json" id="data">)([^]*?)(<\/script>)/;
const data = JSON.parse(html.match(block)[2]);
const { columns, parcels } = data.territories[0];
const made = { A: [2, 3, 3, 9], B: [1, 80, 2, 1], C: [1, 80, 1, 0.5] }; // cls, score, rank, ha
for (const row of parcels)
  ["cls", "score", "rank", "plantable"].forEach((name, i) => {
    row[columns.indexOf(name)] = made[row[columns.indexOf("id")]]?.[i] ?? row[columns.indexOf(name)];
  });
const tied = process.argv[2].replace(/\.html$/, "-tied.html");
writeFileSync(tied, html.replace(block, (all, open, old, close) =>
  open + JSON.stringify(data).replaceAll("<", "\\u003c") + close));
const other = await openPage(tied);
const order = await other.page.locator("#ranking tbody .link").allTextContents();
check("ranking: in the order of the ranks", order.join() === "C,B,A" ? [] : [order.join()]);
await other.browser.close();
