// Opens and reports: opens.mjs WHAT INDEX.HTML TEXT [SECONDS]
import { check, openPage, violations } from "./browser.mjs";

const [what, file, wanted, limit] = process.argv.slice(2);
const { browser, page, requests, problems } = await openPage(file);
let best = Infinity;
// others may use the machine: the best of three counts
for (let i = 0; i < (limit ? 3 : 1); i++) {
  await page.reload();
  best = Math.min(best, await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd));
}
const text = await page.locator("body").innerText();
check(`${what}: says "${wanted}"`, text.replace(/\s/g, " ").includes(wanted) ? [] : [text.slice(0, 800)]);
if (limit) check(`${what}: opens in ${limit} s`, best <= 1000 * limit ? [] : [`${best} ms`]);
check(`${what}: no request, no error`, [...requests.filter((url) => !url.startsWith("file:")), ...problems]);
if (!limit) check(`${what}: no axe violation`, await violations(page));
console.log(`# ${what}: ${Math.round(best)} ms to load`);
await browser.close();
