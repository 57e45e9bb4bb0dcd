import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { findServer, missing } from "../src/server/find";
import type { Places } from "../src/server/lookup";
import { isRecent, versionIn } from "../src/server/version";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dispatch-ls-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function program(name: string, body: string): string {
  const file = join(folder, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

function places(changes: Partial<Places> = {}): Places {
  return {
    setting: "",
    extension: join(folder, "ext"),
    environment: { PATH: join(folder, "bin"), CARGO_HOME: join(folder, "cargo") },
    home: folder,
    platform: "linux",
    workspace: [join(folder, "work")],
    isTrusted: false,
    ...changes,
  };
}

test("the first that can be taken", async () => {
  program("ext/server/dispatch-ls", "exit 127");
  program("bin/dispatch-ls", "echo dispatch-ls 0.0.9");
  const good = program("cargo/bin/dispatch-ls", "echo dispatch-ls 12.0.1");
  assert.deepEqual(await findServer(places()), { program: good, version: "12.0.1", origin: "cargo" });
});

test("what was there and is no use is named", async () => {
  program("bin/dispatch-ls", "echo dispatch-ls 0.0.9");
  program("cargo/bin/dispatch-ls", "echo another program 1.0.0");
  const found = await findServer(places());
  assert.ok(!("program" in found));
  const message = missing(found);
  assert.match(message, /bin\/dispatch-ls is version 0\.0\.9, and 0\.1\.0 is needed/);
  assert.match(message, /cargo\/bin\/dispatch-ls is another program/);
  assert.match(message, /cargo install/);
});

test("a setting that is wrong is not passed over", async () => {
  program("bin/dispatch-ls", "echo dispatch-ls 1.0.0");
  const found = await findServer(places({ setting: join(folder, "nowhere") }));
  assert.ok(!("program" in found));
  assert.match(missing(found), /nowhere does not exist\. Correct the setting/);
});

test("a link into the workspace is not followed", async () => {
  const brought = program("work/dispatch-ls", `echo dispatch-ls 1.0.0; touch ${join(folder, "was-run")}`);
  mkdirSync(join(folder, "bin"));
  symlinkSync(brought, join(folder, "bin/dispatch-ls"));
  for (const setting of ["", join(folder, "bin/dispatch-ls")]) {
    const found = await findServer(places({ setting }));
    assert.ok(!("program" in found));
    assert.match(missing(found), /is in the workspace, which is not trusted/);
  }
  assert.throws(() => { rmSync(join(folder, "was-run")); });
});

test("nothing anywhere", async () => {
  const found = await findServer(places());
  assert.ok(!("program" in found));
  assert.match(missing(found), /neither in the extension nor on the PATH/);
});

test("versions", () => {
  assert.equal(versionIn("dispatch-ls 0.1.0\n"), "0.1.0");
  assert.equal(versionIn("dispatch-ls 1.2.3-beta (2026)\n"), "1.2.3");
  assert.equal(versionIn("rust-analyzer 1.0.0"), undefined);
  assert.equal(versionIn(""), undefined);
  const recent = ["0.1.0", "0.1.1", "0.2.0", "0.10.0", "1.0.0"].filter((version) => isRecent(version, "0.1.0"));
  assert.equal(recent.length, 5);
  assert.deepEqual(["0.0.9", "0.9.10"].map((version) => isRecent(version, "0.9.9")), [false, true]);
});
