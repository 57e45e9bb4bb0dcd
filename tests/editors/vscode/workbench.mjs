// VS Code's workbench, served by code-server, in Chromium. All that it keeps is in a folder of its own.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { chromium } from "playwright-core";

/** Quiet, offline, and without pages for the first start. */
const SETTINGS = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "workbench.startupEditor": "none",
  "workbench.reduceMotion": "on",
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.colorTheme": "Default Light Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "window.commandCenter": false,
  "window.title": "${dirty}${activeEditorShort}",
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  // In the browser it would save what a test only types.
  "files.autoSave": "off",
  "editor.minimap.enabled": false,
  "git.enabled": false,
  "npm.autoDetect": "off",
};

/** How long anything may take on a machine that is slow, and has other things to do, in milliseconds. */
const PATIENCE = 90_000;

/** Waits until `test` gives something, which is returned; it is asked every `pace` milliseconds. */
export async function until(what, test, milliseconds = PATIENCE, pace = 50) {
  for (const end = Date.now() + milliseconds; ; ) {
    const value = await test();
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${milliseconds / 1000} s for ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pace));
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export class Workbench {
  /**
   * Starts a server with the extension in it. `keep` is where settings, extensions and logs go; `machine` are settings
   * that only a machine has; `arguments` are more of the server's.
   */
  static async start({ codeServer, vsix, folder, keep, machine = {}, settings = {}, args = ["--disable-workspace-trust"] }) {
    rmSync(keep, { recursive: true, force: true });
    const places = ["--user-data-dir", join(keep, "user"), "--extensions-dir", join(keep, "extensions"), "--config", join(keep, "config.yaml")];
    mkdirSync(keep, { recursive: true });
    const started = new Workbench();
    Object.assign(started, { folder, keep, pages: [] });
    started.set({ ...settings });
    started.setMachine(machine);
    execFileSync(codeServer, [...places, "--install-extension", vsix], { stdio: "pipe" });

    started.port = await freePort();
    const log = openSync(join(keep, "server.log"), "w");
    const quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
    started.server = spawn(codeServer, [...places, ...quiet, "--bind-addr", `127.0.0.1:${started.port}`, ...args, folder], {
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...process.env, EXTENSIONS_GALLERY: "{}", DISPATCH_RESULT: join(keep, "result.json") },
    });
    started.base = `http://127.0.0.1:${started.port}`;
    await until("the server", () => fetch(`${started.base}/healthz`).then((answer) => answer.ok, () => false));
    started.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
    });
    return started;
  }

  /** Settings of the user; they take effect at once. */
  set(settings) {
    this.settings = { ...SETTINGS, ...this.settings, ...settings };
    this.write("User", this.settings);
  }

  setMachine(settings) {
    this.write("Machine", settings);
  }

  write(scope, settings) {
    mkdirSync(join(this.keep, "user", scope), { recursive: true });
    writeFileSync(join(this.keep, "user", scope, "settings.json"), JSON.stringify(settings, null, 2));
  }

  uri(path) {
    return { scheme: "vscode-remote", authority: `127.0.0.1:${this.port}`, path };
  }

  async page(query = {}, prepare = async () => {}) {
    const page = await this.browser.newPage({ viewport: { width: 1180, height: 700 }, deviceScaleFactor: 1 });
    page.setDefaultTimeout(PATIENCE);
    await prepare(page);
    await page.goto(`${this.base}/?${new URLSearchParams({ folder: this.folder, ...query })}`);
    this.pages.push(page);
    return page;
  }

  /** A window with `file` open. */
  async open(file) {
    const uri = `vscode-remote://127.0.0.1:${this.port}${join(this.folder, file)}`;
    const page = await this.page({ payload: JSON.stringify([["openFile", uri]]) });
    await page.locator(".monaco-editor .view-line").first().waitFor();
    return page;
  }

  /**
   * Runs `tests`, a module with a function `run`, inside the extension host: what it writes to the file that
   * DISPATCH_RESULT names. `extension` is a folder with an extension, without which the workbench runs no tests. It is
   * given up when no more comes.
   */
  async inside(extension, tests) {
    const result = join(this.keep, "result.json");
    rmSync(result, { force: true });
    const read = () => {
      try {
        return JSON.parse(readFileSync(result, "utf8"));
      } catch {
        return undefined;
      }
    };
    const developmentOptions = { extensions: [this.uri(extension)], extensionTestsPath: this.uri(tests) };
    const page = await this.page({}, (page) =>
      // The workbench has its configuration from an attribute of the page.
      page.addInitScript((options) => {
        const get = Element.prototype.getAttribute;
        Element.prototype.getAttribute = function (name) {
          const value = get.call(this, name);
          const isIt = this.id === "vscode-workbench-web-configuration" && name === "data-settings";
          return isIt ? JSON.stringify({ ...JSON.parse(value), developmentOptions: options }) : value;
        };
      }, developmentOptions),
    );
    try {
      const count = () => read()?.checks.length ?? 0;
      for (let known = 0; !read()?.isDone; known = count()) {
        await until("the next test in the extension host", () => count() > known, 2 * PATIENCE);
      }
    } catch (error) {
      await page.screenshot({ path: join(this.keep, "stuck.png") });
      if (read() === undefined) {
        throw error;
      }
    } finally {
      await page.close();
    }
    return read();
  }

  async stop() {
    await this.browser?.close();
    // The extension host and the language servers are in its process group.
    const signal = (name) => {
      try {
        return process.kill(-this.server.pid, name);
      } catch {
        return false;
      }
    };
    signal("SIGTERM");
    await until("the server's end", () => !signal(0), 3000).catch(() => signal("SIGKILL"));
  }
}

/** Runs a command of the palette. */
export async function command(page, title) {
  await quickly(page, "F1", `>${title}`, title);
}

/** Opens a list by `keys`, types `text` in it, and takes the first entry with `words`. */
export async function quickly(page, keys, text, words) {
  const input = page.locator(".quick-input-widget input[type=text]");
  await until(`a list by ${keys}`, async () => {
    await page.keyboard.press(keys);
    return input.waitFor({ timeout: 2000 }).then(() => true, () => false);
  });
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: words }).first();
  await until(`${words} in the list`, async () => {
    await input.fill("");
    await input.fill(text);
    return row.click({ timeout: 5000 }).then(() => true, () => false);
  });
}

/** Puts the cursor at the beginning of a line (or `line:column`), which comes to the middle of the window. */
export async function goTo(page, line) {
  const input = page.locator(".quick-input-widget input[type=text]");
  const patience = { timeout: 2000 };
  await until(`the cursor in line ${line}`, async () => {
    await page.keyboard.press("Control+g");
    const isTyped = await input.fill(`:${line}`, patience).then(() => true, () => false);
    await page.keyboard.press(isTyped ? "Enter" : "Escape");
    return isTyped && input.waitFor({ ...patience, state: "hidden" }).then(() => true, () => false);
  });
}

/** The middle of the first place where `text` stands in the editor; `skipped` lines with it do not count. */
export function place(page, text, skipped = 0) {
  return until(`“${text}” on the screen`, () =>
    page.evaluate(([wanted, skipped]) => {
      const lines = [...document.querySelectorAll(".monaco-editor .view-line")].sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top));
      for (const line of lines) {
        const start = line.textContent.replace(/\u00a0/g, " ").indexOf(wanted);
        if (start < 0 || skipped-- > 0) {
          continue;
        }
        // It may be in many nodes, one for each colour.
        const range = document.createRange();
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        let [before, isBegun] = [0, false];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const after = before + node.data.length;
          if (!isBegun && start < after) {
            range.setStart(node, start - before);
            isBegun = true;
          }
          if (isBegun && start + wanted.length <= after) {
            range.setEnd(node, start + wanted.length - before);
            break;
          }
          before = after;
        }
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2, left: x, width };
      }
    }, [text, skipped]),
  );
}

/** Points at `text` until the hover says what is `wanted`; what it says. */
export async function hover(page, text, wanted = /./) {
  const box = page.locator(".monaco-hover:not(.hidden) .hover-contents");
  let said = "nothing";
  await until(`a hover on “${text}”`, async () => {
    const { x, y } = await place(page, text);
    await page.mouse.move(x, y + 150);
    await page.mouse.move(x, y, { steps: 5 });
    // Its parts come one after the other.
    return until("what it says", async () => wanted.test((said = (await box.allInnerTexts()).join("\n"))), 3000).catch(() => false);
  }).catch((error) => {
    throw new Error(`${error.message} that has ${wanted}; it says: ${said}`);
  });
  return said;
}

/** The text of the notification in which `words` are. */
export async function notification(page, words, milliseconds = PATIENCE) {
  const toast = page.locator(".notification-toast", { hasText: words }).first();
  await toast.waitFor({ timeout: milliseconds });
  return toast;
}
