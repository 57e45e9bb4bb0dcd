// run.mjs CODE_SERVER VSIX OUT: the checks in VS Code, and its pictures. `suite` starts it.
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { annotations } from "./annotations.mjs";
import { screen } from "./screen.mjs";
import { Workbench } from "./workbench.mjs";

const [codeServer, vsix, out] = process.argv.slice(2).map((argument) => resolve(argument));
const here = import.meta.dirname;
const project = resolve(here, "../../..");
const samples = join(project, "tests/samples");
const host = join(here, "host");
const counts = { passed: 0, failed: 0 };

function passed(name, said) {
  counts.passed += 1;
  console.log(`ok    ${name}${said ? `: ${said}` : ""}`);
}

function failed(name, why) {
  counts.failed += 1;
  console.log(`FAILED ${name}\n${String(why).replace(/^/gm, "       ")}`);
}

const check = async (name, test) => {
  if (!new RegExp(process.env.CHECKS ?? "").test(name)) {
    return;
  }
  try {
    passed(name, await test());
  } catch (error) {
    failed(name, error.stack ?? error);
  }
};

/** Those of the pictures, by the names that VS Code has had for long, and has. */
const THEMES = { "workbench.preferredLightColorTheme": "Default Light Modern", "workbench.preferredDarkColorTheme": "Default Dark Modern" };

/** The samples, and what else is opened, in a folder of its own. */
function corpora(place) {
  const folder = join(place, "work");
  rmSync(place, { recursive: true, force: true });
  cpSync(samples, folder, { recursive: true });
  copyFileSync(join(project, "tests/samples.expected"), join(folder, "samples.expected"));
  const write = (name, text) => writeFileSync(join(folder, name), text);
  write("notes.txt", "Notes\n\nFile a complaint: see the desk.\n");
  write("names.dispatch", "=== FILE: a.txt ===\ndate: 2024-06-11\n\nBashar al-Assad met O’Neill’s aide, and Wanjiru Otieno, in Klaipėda.\n");
  write("saved.dispatch", "=== FILE: a.txt ===\ndate: 2024-06-11\n\nFirst.\n\n=== FIEL: b.txt ===\ndate: 2024-06-11\n\nSecond.\n");
  write("closed.dispatch", "=== FIEL: a.txt ===\ndate: 2024-06-11\n\nFirst.\n");
  mkdirSync(join(folder, "own"));
  copyFileSync(join(samples, "wire.dispatch"), join(folder, "own/wire.dispatch"));
  write("own/dispatch.toml", '[diagnostics.severity]\nF003 = "off"\n');
  write("large.dispatch", large());
  // A server that is not optimised would read it for half a minute wherever the whole folder is asked for.
  write(".ignore", "large.dispatch\n");
  // What a workspace may bring, and what must not count before it is trusted.
  write("dispatch-ls", "#!/bin/sh\ntouch run-from-the-workspace\n");
  chmodSync(join(folder, "dispatch-ls"), 0o755);
  return folder;
}

/** 20 MB of dispatches, the last of which is broken. */
function large() {
  const text = readFileSync(join(samples, "clean.dispatch"), "utf8").replace(/^id: .*\n/gm, "");
  const parts = [];
  for (let size = 0, number = 0; size < 20e6; number += 1) {
    const part = text.replace(/^=== FILE: (?:archive\/2024\/)?\d+/gm, (opener) => opener.replace(/\d+$/, `${number}`));
    parts.push(part);
    size += Buffer.byteLength(part);
  }
  return `${parts.join("\n")}\n=== FIEL: last.txt ===\ndate: 2024-06-11\n\nThe end.\n`;
}

/** A program that is the server, with somebody listening to what is said. */
function listened(place) {
  const program = join(place, "dispatch-ls");
  const { DISPATCH_CHECKED, DISPATCH_PROGRAM } = process.env;
  writeFileSync(program, `#!/bin/sh\n[ "$1" = serve ] || exec '${DISPATCH_PROGRAM}' "$@"\necho "$@" >>'${join(place, "started")}'\nexec '${DISPATCH_CHECKED}' '${join(place, "heard")}' '${DISPATCH_PROGRAM}' "$@"\n`);
  chmodSync(program, 0o755);
  return program;
}

/** News with actors files, in a folder of its own. */
function desk(place) {
  const folder = join(place, "work");
  rmSync(place, { recursive: true, force: true });
  cpSync(join(here, "desk"), folder, { recursive: true });
  return folder;
}

/** Tests inside the extension host, of which each is a check. */
async function session(name, place, { tests, brought, texts = corpora, ...options }) {
  const folder = texts(place);
  if (brought !== undefined) {
    mkdirSync(join(folder, ".vscode"));
    writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify(brought(folder)));
  }
  const workbench = await Workbench.start({ codeServer, vsix, folder, keep: join(place, "code"), machine: { "dispatch-ls.server.path": listened(place) }, ...options });
  try {
    const result = await workbench.inside(host, join(host, tests));
    console.log(`-- VS Code ${result.version}, ${name}`);
    for (const { name, failed: why, said, milliseconds } of result.checks) {
      if (why === undefined) {
        passed(name, said);
      } else {
        failed(`${name} (${milliseconds} ms)`, why);
      }
    }
    if (!result.isDone) {
      failed(name, `the tests did not come to their end; the window is in ${place}/code/stuck.png`);
    }
  } finally {
    await workbench.stop();
  }
}

const only = process.env.ONLY;
const wants = (name) => only === undefined || only.split(" ").includes(name);

if (wants("use")) {
  await session("in the extension host", join(out, "vscode"), { tests: "use.cjs" });
}
if (wants("news")) {
  await session("in the extension host, with actors files", join(out, "vscode-news"), { tests: "news.cjs", texts: desk });
}
if (wants("untrusted")) {
  await session("in a folder that is not trusted", join(out, "vscode-untrusted"), {
    tests: "untrusted.cjs",
    args: [],
    brought: (folder) => ({ "dispatch-ls.diagnostics.severity": { F003: "off" }, "dispatch-ls.server.path": join(folder, "dispatch-ls") }),
    settings: { "security.workspace.trust.startupPrompt": "never" },
  });
}
if (wants("annotations")) {
  const place = join(out, "vscode-annotations");
  const folder = desk(place);
  const workbench = await Workbench.start({ codeServer, vsix, folder, keep: join(place, "code"), machine: { "dispatch-ls.server.path": listened(place) }, settings: THEMES });
  try {
    console.log(`-- actors, dates and claims on the screen; pictures: ${place}/*.png`);
    await annotations({ workbench, check, folder, out: place });
  } finally {
    await workbench.stop();
  }
}
if (wants("screen")) {
  const place = join(out, "vscode-screen");
  const folder = corpora(place);
  const workbench = await Workbench.start({ codeServer, vsix, folder, keep: join(place, "code") });
  try {
    console.log(`-- on the screen; pictures: ${place}/*.png`);
    await screen({ workbench, check, folder, out: place });
  } finally {
    await workbench.stop();
  }
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
if (process.env.EDITORS_COUNTS) {
  writeFileSync(process.env.EDITORS_COUNTS, `${counts.passed} ${counts.failed}\n`, { flag: "a" });
}
