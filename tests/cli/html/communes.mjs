// Two communes of one name, one of them without a name for some parcels:
// communes.mjs INDEX.HTML
import { check, openPage } from "./browser.mjs";

const { browser, page } = await openPage(process.argv[2]);
for (const [typed, wanted] of [
  ["Saint-Jean", "14362000AB0002,76384000AB0001"], ["Saint-Jean (14362)", "14362000AB0002"],
  ["76384", "76384000AB0001,76384000AB0003"]]) {
  await page.fill("#f-search", typed);
  await page.waitForTimeout(400);
  const found = (await page.locator("#ranking tbody .link").allTextContents()).sort().join();
  check(`search: "${typed}" finds every parcel of that name or code`, found === wanted ? [] : [found]);
}
await browser.close();
