// Actors, dates and claims, as they are to be seen: hints, hovers, the views "Actors" and "Timeline".
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { watched } from "./pictures.mjs";
import { command, goTo, hover, place, quickly, until } from "./workbench.mjs";

/** What is on the screen, with the hints in it, and without line breaks. */
const screenful = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".monaco-editor .view-line")]
      .map((line) => ({ top: parseFloat(line.style.top), text: line.textContent.replace(/\u00a0/g, " ") }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text)
      .join(""),
  );

/** Waits until what is on the screen has `pattern`. */
const onScreen = (page, pattern) =>
  until(`${pattern} on the screen`, async () => pattern.test(await screenful(page))).catch(async (error) => {
    throw new Error(`${error.message}; there is: ${await screenful(page)}`);
  });

const pane = (page, name) => page.locator(".pane", { has: page.locator(`.pane-header[aria-label^="${name}"]`) });
const rows = (page, name) => pane(page, name).locator(".monaco-list-row");

/** The rows of a view, each as deep as it is, with what stands beside it: `  Wanjiru Otieno | 6`. */
const tree = (page, name) =>
  rows(page, name).evaluateAll((all) =>
    all
      .map((row) => ({ at: Number(row.getAttribute("data-index")), row }))
      .sort((a, b) => a.at - b.at)
      .map(({ row }) => {
        const text = (part) => row.querySelector(part)?.textContent.replace(/\u00a0/g, " ") ?? "";
        return `${"  ".repeat(Number(row.getAttribute("aria-level")) - 1)}${text(".label-name")} | ${text(".label-description")}`;
      }),
  );

const hasRow = (page, name, pattern) =>
  until(`${pattern} in ${name}`, async () => (await tree(page, name)).some((row) => pattern.test(row))).catch(async (error) => {
    throw new Error(`${error.message}; there is:\n${(await tree(page, name)).join("\n")}`);
  });

/** `Ln 6, Col 48` */
const cursor = (page) => page.locator("[id='status.editor.selection']").innerText();

export async function annotations({ workbench, check: judge, folder, out }) {
  const { check, picture, shown } = watched({ workbench, judge, out });
  const page = await workbench.open("desk.dispatch");
  await page.setViewportSize({ width: 1280, height: 760 });

  await check("hints are behind what they speak of", async () => {
    await onScreen(page, /said on Friday\s*11-29 Fri\s* that/);
    await onScreen(page, /\. Otieno\s*Wanjiru Otieno\s* denied\s*assertive, denied/);
    await onScreen(page, /since Monday\s*11-25 Mon/);
  });

  await check("the view of the actors", async () => {
    await command(page, "Dispatch: Focus on Actors View");
    await hasRow(page, "Actors", /^ {2}Wanjiru Otieno \| 6 · Trade Minister/);
    console.log((await tree(page, "Actors")).join("\n"));
    console.log((await tree(page, "Timeline")).join("\n"));
    await picture(page, "views-light");
  });
}
