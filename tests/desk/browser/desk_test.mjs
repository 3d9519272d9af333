// SPDX-License-Identifier: GPL-3.0-or-later
// A reader's everyday jobs in a real browser: with a script and without, by the keyboard alone, in two
// sizes, light and dark; pages that everybody can read; articles that mean harm.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openPage, SOURCE, startBrowser, startDesk } from "./programs.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const headlines = (page) => page.locator(".hit h3").allTextContents();

let browser;
let desk;
before(async () => {
  browser = await startBrowser();
  desk = await startDesk({ paths: [join(SOURCE, "examples/articles")] });
});
after(async () => {
  await browser.close();
  await desk.close();
});

// One search after the other, as far as it goes without a script.
async function searchAndNarrow(page) {
  await page.goto(desk.url);
  await page.fill("#q", "ferry");
  await page.press("#q", "Enter");
  await page.waitForURL(/q=ferry/);
  const all = await headlines(page);
  assert.ok(all.length > 5);
  await page.getByRole("link", { name: "Meridian Wire", exact: true }).click();
  await page.waitForURL(/source=Meridian/);
  const some = await headlines(page);
  assert.ok(some.length > 0 && some.length < all.length);
  await page.goBack();
  assert.deepEqual(await headlines(page), all);
  await page.goForward();
  await page.reload();
  assert.deepEqual(await headlines(page), some);
  // Shared with somebody else.
  const other = await openPage(browser);
  await other.page.goto(page.url());
  assert.deepEqual(await headlines(other.page), some);
  await other.context.close();
  await page.getByRole("link", { name: "Remove the condition source: Meridian Wire" }).click();
  assert.deepEqual(await headlines(page), all);
}

describe("everyday jobs", () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`search, narrow, back, reload, share ${javaScriptEnabled ? "with" : "without"} a script`, async () => {
      const { page, context, faults } = await openPage(browser, { javaScriptEnabled });
      await searchAndNarrow(page);
      const [article] = await Promise.all([
        context.waitForEvent("page"), page.locator(".hit h3 a").first().click()]);
      await article.waitForLoadState();
      assert.ok(await article.locator(".article mark").count() > 0);
      assert.deepEqual(faults, []);
      await context.close();
    });
  }

  test("by the keyboard alone", async () => {
    const { page, context, faults } = await openPage(browser);
    await page.goto(desk.url);
    await page.keyboard.press("/");
    await page.keyboard.type("ferry strike");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=ferry/);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    const [article] = await Promise.all([
      context.waitForEvent("page"), page.keyboard.press("Enter")]);
    await article.waitForLoadState();
    assert.equal(await article.locator("h1").textContent(), (await headlines(page))[0]);
    const marks = await article.locator(".article mark").count();
    await article.keyboard.press("n");
    await article.keyboard.press("n");
    assert.equal(await article.locator("#mark-place").textContent(), `2 of ${marks}`);
    await article.keyboard.press("N");
    await article.keyboard.press("N");
    assert.equal(await article.locator("#mark-place").textContent(), `${marks} of ${marks}`);
    await article.keyboard.press("ArrowRight");
    await article.waitForURL(/hit=2/);
    assert.equal(await article.locator("h1").textContent(), (await headlines(page))[1]);
    await article.keyboard.press("?");
    assert.ok(await article.locator("#keys").isVisible());
    await article.keyboard.press("Escape");
    assert.ok(await article.locator("#keys").isHidden());
    assert.deepEqual(faults, []);
    await context.close();
  });

  test("the skip link is the first stop and leads to the articles", async () => {
    const { page, context } = await openPage(browser);
    await page.goto(desk.url);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    await context.close();
  });

  test("a query is completed while it is typed", async () => {
    const { page, context, faults } = await openPage(browser);
    await page.goto(desk.url);
    await page.locator("#q").pressSequentially("fer");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.locator("#q").getAttribute("aria-activedescendant"), "completion-0");
    await page.keyboard.press("Enter");
    assert.notEqual(await page.inputValue("#q"), "fer");
    assert.ok(await page.getByRole("listbox").isHidden());
    assert.deepEqual(faults, []);
    await context.close();
  });

  test("the focus stays in the facet that was used", async () => {
    const { page, context } = await openPage(browser);
    await page.goto(desk.url);
    await page.getByRole("link", { name: "Meridian Wire", exact: true }).click();
    await page.waitForURL(/source=/);
    assert.ok(await page.evaluate(() => document.activeElement.closest(".facets") !== null));
    await context.close();
  });

  test("headline and link are copied together", async () => {
    const { page, context, faults } = await openPage(browser, { permissions: ["clipboard-read", "clipboard-write"] });
    await page.goto(`${desk.url}/a/ht-2025-03-03-crews-vote`);
    await page.getByRole("button", { name: "Copy headline and link" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()),
      `Ferry crews vote to strike over twelve-hour rosters\n${desk.url}/a/ht-2025-03-03-crews-vote`);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test("on a narrow screen a link leads to the facets, below the hits", async () => {
    const { page, context } = await openPage(browser, { viewport: { width: 320, height: 700 } });
    await page.goto(`${desk.url}/?q=ferry`);
    await page.getByRole("link", { name: "Narrow the search" }).click();
    await page.waitForFunction(() => document.getElementById("facets").getBoundingClientRect().top < innerHeight);
    await page.setViewportSize({ width: 1280, height: 700 });
    assert.ok(await page.getByRole("link", { name: "Narrow the search" }).isHidden());
    await context.close();
  });

  test("below a path of another site all of it works", async () => {
    const below = await startDesk({ paths: [join(SOURCE, "examples/articles")], deskOptions: ["--base-path", "/news"] });
    const { page, context, faults } = await openPage(browser);
    await page.goto(below.url);
    await page.locator("#q").pressSequentially("ferry");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/news\/\?q=ferry/);
    assert.ok((await headlines(page)).length > 5);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).margin), "8px");
    await page.getByRole("link", { name: "Meridian Wire", exact: true }).click();
    await page.waitForURL(/\/news\/\?.*source=/);
    const [article] = await Promise.all([
      context.waitForEvent("page"), page.locator(".hit h3 a").first().click()]);
    await article.waitForURL(/\/news\/a\//);
    assert.ok(await article.locator(".article mark").count() > 0);
    assert.deepEqual(faults, []);
    await context.close();
    await below.close();
  });

  test("live counts what comes in", async () => {
    const { page, context, faults } = await openPage(browser);
    await page.goto(desk.url);
    await page.getByRole("button", { name: "Live" }).click();
    desk.put({ id: "fresh", headline: "Fresh from the quay", body: "Something has come in just now." });
    await page.getByRole("link", { name: "1 new: show" }).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });
});

describe("everybody", () => {
  const pages = ["/", "/?q=ferry+strike&tag=ferry+strike&-source=Meridian+Wire&from=2025", "/?q=capton%3Ax",
    "/?q=xylophonist", "/a/ht-2025-03-03-crews-vote?q=ferry&hit=2", "/a/none"];
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 1280]) {
      test(`axe finds nothing, ${colorScheme}, ${width} wide`, async () => {
        const faults = [];
        const { page, context } = await openPage(browser,
          { colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
        for (const path of pages) {
          await page.goto(desk.url + path);
          await page.evaluate(axeSource);
          const found = await page.evaluate(() => axe.run(document,
            { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
          faults.push(...found.violations.map((fault) =>
            `${path} ${fault.id}: ${fault.nodes.map((node) => node.html).slice(0, 3).join(" ")}`));
        }
        assert.deepEqual(faults, []);
        await context.close();
      });
    }
  }

  for (const width of [320, 640, 2560]) {
    test(`nothing is cut off at ${width}`, async () => {
      // 640 is what 1280 shows at 200 %.
      const { page, context } = await openPage(browser, { viewport: { width, height: 800 } });
      for (const path of pages) {
        await page.goto(desk.url + path);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${path} is ${over} pixels too wide`);
      }
      await context.close();
    });
  }

  test("the first paint is quick and nothing moves behind it", async () => {
    const { page, context } = await openPage(browser);
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(`${desk.url}/?q=ferry`);
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    const [paint, shift] = await page.evaluate(() => [
      performance.getEntriesByName("first-contentful-paint")[0].startTime, window.shift]);
    console.log(`first contentful paint ${Math.round(paint)} ms, layout shift ${shift.toFixed(3)}`);
    assert.ok(shift < 0.02, `layout shift ${shift}`);
    await context.close();
  });
});

describe("articles that mean harm", () => {
  const script = "<script>alert(1)</script><img src=x onerror=alert(2)>{{TITLE}}\"'><svg onload=alert(3)>";
  let harmful;
  before(async () => {
    harmful = await startDesk({ articles: [
      { id: "markup", headline: `Harm ${script}`, summary: script, body: script, section: script,
        source: script, tags: [script], bylines: [{ name: script }], url: "javascript:alert(4)",
        captions: [{ text: script, credit: script, mediaUrl: "javascript:alert(5)" }] },
      { id: "tags", headline: "Harm by tags", body: "b", tags: Array.from({ length: 1000 }, (_, n) => `tag ${n}`) },
      { id: "long", headline: "Harm " + "x".repeat(1_000_000), body: "b" },
    ] });
  });
  after(() => harmful.close());

  test("are shown as text, within the policy", async () => {
    const { page, context, faults } = await openPage(browser);
    for (const path of ["/?q=harm", "/a/markup?q=alert", "/a/tags", "/a/long",
      `/?q=${encodeURIComponent(script)}`, `/?tag=${encodeURIComponent(script)}`]) {
      await page.goto(harmful.url + path);
      assert.equal(await page.evaluate(() => document.querySelectorAll("body script, body img").length), 0);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${path} is ${over} pixels too wide`);
    }
    await page.goto(`${harmful.url}/a/markup`);
    assert.ok((await page.locator("h1").textContent()).includes("<script>alert(1)</script>"));
    // What completion shows is set as text, too.
    await page.locator("#q").pressSequentially("har");
    await page.getByRole("option").first().waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });
});
