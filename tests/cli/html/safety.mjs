// Names are text, whatever they hold: safety.mjs INDEX.HTML ID...
import { check, openPage, violations } from "./browser.mjs";

const [file, ...ids] = process.argv.slice(2);
const { browser, page, requests, problems } = await openPage(file);
const shown = await page.locator("#ranking tbody .link").allTextContents();
check("hostile names: identifiers are shown as they are", ids.filter((id) => !shown.includes(id)));
for (let i = 0; i < ids.length; i++) {
  await page.locator("#ranking tbody .link").nth(i).click();
  await page.waitForTimeout(200);
  const map = await page.locator("#map").boundingBox();
  await page.mouse.move(map.x + map.width / 2, map.y + map.height / 2); // its tooltip
  await page.waitForTimeout(100);
}
check("hostile names: no element out of a name", await page.evaluate(() =>
  [...document.querySelectorAll("img:not(.on-paper), iframe, object, b[id], [onerror], [onload]")]
    .filter((element) => !element.closest("pre")).map((element) => element.outerHTML.slice(0, 120))));
check("hostile names: nothing ran", await page.evaluate(() => globalThis.broken === undefined));
for (const width of [1440, 390]) {
  await page.setViewportSize({ width, height: 900 });
  await page.waitForTimeout(300);
  check(`hostile names: nothing sticks out at ${width} px`, await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    const over = [...document.querySelectorAll("main *")].filter((element) => !element.closest(".table-box, #map, svg, option, select, datalist") &&
      element.checkVisibility() && element.getBoundingClientRect().right > window.innerWidth + 1);
    return [...(wide > window.innerWidth ? [`page: ${wide} px`] : []), ...over.map((e) => e.outerHTML.slice(0, 120))];
  }));
}
await page.locator("#plans summary").click();
check("hostile names: no axe violation", await violations(page));
check("hostile names: no request", requests);
check("hostile names: no error", problems);
// should one slip through after all, the browser would not run it
await page.evaluate(() => {
  document.body.append(Object.assign(document.createElement("script"), { textContent: "globalThis.broken = 1" }));
  document.body.insertAdjacentHTML("beforeend", '<img src=x onerror="globalThis.broken = 2">');
});
await page.waitForTimeout(200);
check("policy: injected scripts do not run", await page.evaluate(() => globalThis.broken === undefined));
await browser.close();
