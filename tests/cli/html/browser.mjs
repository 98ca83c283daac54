// Opens a page in headless Chromium and notes what it must not do. Lines "ok -
// what" and "not ok - what" go to standard output, as in the shell tests.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.env.HTML_MODULES + "/"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export function check(what, wrong) {
  const details = wrong === true ? [] : wrong === false ? ["false"] : [].concat(wrong);
  console.log(`${details.length ? "not ok" : "ok"} - ${what}`);
  for (const detail of details.slice(0, 12)) console.log("    " + detail);
}

/** The page of a file, with what it asked for and complained of. */
export async function openPage(file, options = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
  const page = await browser.newPage({
    viewport: { width: 1440, height: 1000 }, reducedMotion: "reduce", ...options });
  const url = pathToFileURL(file).href;
  const requests = [], problems = [];
  page.on("request", (request) => {
    if (request.url() !== url) requests.push(request.url().slice(0, 200));
  });
  page.on("console", (message) => {
    if (message.type() !== "log") problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("dialog", (dialog) => {
    problems.push("dialog: " + dialog.message());
    dialog.dismiss();
  });
  await page.goto(url);
  return { browser, page, requests, problems };
}

/** What axe-core finds, one line per rule. */
export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).slice(0, 3).join(" | ")}`);
}

/** Things to press that are smaller than 44 px, one line each. */
export async function smallTargets(page) {
  return page.evaluate(() => [...document.querySelectorAll("button, select, input, nav a, #files a, summary")]
    .map((element) => element.closest("label.check") ?? element)
    .filter((element) => element.checkVisibility())
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
    .map(([element, box]) => `${element.outerHTML.slice(0, 120)} ${box.width} x ${box.height}`));
}
