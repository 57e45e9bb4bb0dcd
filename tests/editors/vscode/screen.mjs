// What is to be seen, and pictures of it. Some of them go into the extension's README.
import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { watched } from "./pictures.mjs";
import { command, goTo, hover, notification, place, quickly, until } from "./workbench.mjs";

const squiggles = (page) => page.locator(".cdr.squiggly-error").count();
const status = (page) => page.locator("[id$='dispatch-ls.status']");

export async function screen({ workbench, check: judge, folder, out }) {
  const { check, picture, shown } = watched({ workbench, judge, out });
  const read = (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "");
  const page = await workbench.open("wire.dispatch");

  await check("findings are under the words that are wrong", async () => {
    await goTo(page, 25);
    await until("squiggles", async () => (await squiggles(page)) > 0);
    const word = await place(page, "FIEL");
    const marks = await page.evaluate(() => [...document.querySelectorAll(".cdr.squiggly-error")].map((mark) => mark.getBoundingClientRect().toJSON()));
    const near = marks.filter((mark) => Math.abs(mark.y + mark.height / 2 - word.y) < 12);
    await picture(page, "explorer-light");
    assert.ok(near.some((mark) => Math.abs(mark.left - word.left) < 3 && Math.abs(mark.width - word.width) < 3), JSON.stringify({ word, near }));
  });

  await check("the status item says what the corpus is", async () => {
    await until("the status", async () => /^canonical · 11 dispatches · 19 findings/.test(await status(page).innerText()));
  });

  const toggle = "Preferences: Toggle between Light/Dark Themes";
  await command(page, "View: Toggle Primary Side Bar Visibility");
  await page.setViewportSize({ width: 1000, height: 640 });
  for (const name of ["light", "dark"]) {
    await check(`hover, in a ${name} theme`, async () => {
      if (name === "dark") {
        await command(page, toggle);
        await page.locator(".monaco-workbench.vs-dark").waitFor();
      }
      await goTo(page, 25);
      await hover(page, "FIEL", /write `?FILE`? instead of `?FIEL[^]*dispatch 3 of 11/);
      // For the picture only: until the fixes are there, it says that it looks for them.
      await page.getByText("Quick Fix... (Ctrl+.)").waitFor({ timeout: 3000 }).catch(() => undefined);
      await shown(page, `findings-${name}`);
      await page.keyboard.press("Escape");
      await page.mouse.move(5, 5);
    });
  }

  await check("a quick fix, by the keys", async () => {
    const { x, y } = await place(page, "FIEL");
    await page.mouse.click(x, y);
    await page.keyboard.press("Control+.");
    const rows = page.locator(".action-widget .monaco-list-row.action");
    await rows.first().waitFor();
    assert.match((await rows.allInnerTexts()).join("\n"), /Write FILE|Write `FILE`/);
    await shown(page, "quick-fix-dark");
    await page.keyboard.press("Enter");
    await place(page, "=== FILE: 0003_nairobi-rate.txt ===");
    await page.keyboard.press("Control+z");
    await place(page, "FIEL");
    await command(page, toggle);
  });

  await check("the problems, and a menu on the status item", async () => {
    await page.keyboard.press("Control+Shift+M");
    await until("problems", async () => (await page.locator(".markers-panel .monaco-list-row").count()) > 5);
    await picture(page, "problems-light");
    await page.keyboard.press("Control+Shift+M");
    await status(page).click();
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "Fix all that can be fixed safely" }).waitFor();
    await picture(page, "menu-light");
    await page.keyboard.press("Escape");
  });

  await check("fix all, by the palette", async () => {
    await command(page, "Dispatch: Fix All That Can Be Fixed Safely");
    await place(page, "=== FILE: 0003_nairobi-rate.txt ===");
    await page.keyboard.press("Control+z");
    await place(page, "FIEL");
  });

  await check("convert: the dialects to choose from", async () => {
    await command(page, "Dispatch: Convert to Another Dialect…");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "<<<FILE: x>>>" }).waitFor();
    await picture(page, "convert-light");
    await page.keyboard.press("Escape");
  });

  await check("the walkthrough", async () => {
    await command(page, "Welcome: Open Walkthrough...");
    await page.keyboard.type("First steps with Dispatch");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "First steps with Dispatch" }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("See what is wrong").first().waitFor();
    await page.setViewportSize({ width: 1400, height: 800 });
    // The picture beside the steps is in a page of its own, which says nothing when it is there.
    await page.locator("iframe.webview.ready").first().waitFor();
    await page.waitForTimeout(1000);
    await picture(page, "walkthrough-light");
    await page.setViewportSize({ width: 1000, height: 640 });
    await command(page, "View: Close All Editors");
  });

  await check("settings have a page", async () => {
    await command(page, "Preferences: Open Settings (UI)");
    await page.locator(".settings-editor").waitFor();
    await page.keyboard.type("@ext:dispatch-ls.dispatch-ls");
    await page.getByText("Read every file as this dialect").first().waitFor();
    // The list of suggestions goes.
    await page.locator(".settings-count-widget").click();
    await shown(page, "settings-light");
    await page.keyboard.press("Escape");
    await command(page, "View: Close All Editors");
  });

  await check("set up this folder: who is to be in the actors file, and the files", async () => {
    await quickly(page, "Control+p", "wire.dispatch", "wire.dispatch");
    await until("the corpus", async () => (await squiggles(page)) > 0);
    await command(page, "Dispatch: Set Up This Folder…");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: /mention/ }).first().waitFor();
    await picture(page, "set-up-light");
    await page.keyboard.type("Wanjiru");
    const candidate = page.locator(".quick-input-list .monaco-list-row", { hasText: "Wanjiru Otieno" });
    await candidate.waitFor();
    assert.match(await candidate.innerText(), /person · \d+ mention/);
    await page.keyboard.press("Enter");
    await page.locator(".tab.active", { hasText: "actors.jsonl" }).waitFor();
    await until("what was chosen, on disk", () => /"wanjiru-otieno"/.test(read("actors.jsonl")) && /^files = \["actors\.jsonl"\]$/m.test(read("dispatch.toml")));
    await picture(page, "set-up-done-light");
    await command(page, "View: Close All Editors");
  });

  await check("a file over 50 MB: what to do is said", async () => {
    const line = `${"The minister said so. ".repeat(50)}\n`;
    const text = `=== FILE: a.txt ===\ndate: 2024-06-11\n\n${line.repeat(48_000)}`;
    writeFileSync(join(folder, "huge.dispatch"), text);
    await quickly(page, "Control+p", "huge.dispatch", "huge.dispatch");
    const toast = await notification(page, "VS Code shows files over 50 MB without help");
    await picture(page, "large-light");
    await toast.getByText("Check in the Terminal", { exact: true }).click();
    await page.locator(".terminal-wrapper.active, .terminal-outer-container").first().waitFor();
    await command(page, "View: Close All Editors");
    await command(page, "View: Toggle Panel Visibility");
  });

  const program = join(out, "dispatch-ls");
  const good = process.env.DISPATCH_PROGRAM;
  const write = (body) => {
    writeFileSync(program, `#!/bin/sh\n[ "$1" = serve ] || exec '${good}' "$@"\n${body}\n`);
    chmodSync(program, 0o755);
  };

  await check("no server: what was looked for, and what to do", async () => {
    workbench.setMachine({ "dispatch-ls.server.path": program });
    const again = await workbench.open("wire.dispatch");
    const toast = await notification(again, "does not exist. Correct the setting dispatch-ls.server.path");
    await picture(again, "missing-light");
    write(`exec '${good}' "$@"`);
    await toast.getByText("Try Again", { exact: true }).click();
    await until("findings", async () => (await squiggles(again)) > 0);
    await again.close();
  });

  await check("a server that ends again and again is given up, with a button", async () => {
    write("exit 3");
    workbench.setMachine({ "dispatch-ls.server.path": program });
    const again = await workbench.open("wire.dispatch");
    const toast = await notification(again, "has ended 5 times");
    await picture(again, "given-up-light");
    write(`exec '${good}' "$@"`);
    await toast.getByText("Restart", { exact: true }).click();
    await until("findings", async () => (await squiggles(again)) > 0);
    await again.close();
  });
}
