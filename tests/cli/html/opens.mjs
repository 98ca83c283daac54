// Opens and reports: opens.mjs WHAT INDEX.HTML TEXT [SECONDS]
import { check, openPage, violations } from "./browser.mjs";

const [what, file, wanted, limit] = process.argv.slice(2);
const { browser, page, requests, problems } = await openPage(file);
// Others may use the machine: what counts is the processor time of the page's
// thread, which does all of the work.
const session = await page.context().newCDPSession(page);
await session.send("Performance.enable", { timeDomain: "threadTicks" });
const used = async () => (await session.send("Performance.getMetrics")).metrics.find((m) => m.name === "TaskDuration").value * 1000;
const before = await used();
await page.reload();
const busy = (await used()) - before;
const wall = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
const text = await page.locator("body").innerText();
check(`${what}: says "${wanted}"`, text.replace(/\s/g, " ").includes(wanted) ? [] : [text.slice(0, 800)]);
if (limit) check(`${what}: opens in ${limit} s`, busy > 0 && busy <= 1000 * limit ? [] : [`${busy} ms`]);
check(`${what}: no request, no error`, [...requests.filter((url) => !url.startsWith("file:")), ...problems]);
if (!limit) check(`${what}: no axe violation`, await violations(page));
console.log(`# ${what}: ${Math.round(wall)} ms to load, ${Math.round(busy)} ms of processor time`);
await browser.close();
