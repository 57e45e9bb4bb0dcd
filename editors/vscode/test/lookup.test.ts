import assert from "node:assert/strict";
import { test } from "node:test";

import { type Places, candidates, refusal } from "../src/server/lookup";

function places(changes: Partial<Places> = {}): Places {
  return {
    setting: "",
    extension: "/ext",
    environment: { PATH: "/usr/local/bin:/usr/bin" },
    home: "/home/ann",
    platform: "linux",
    workspace: ["/home/ann/corpora"],
    isTrusted: true,
    ...changes,
  };
}

const programs = (changes?: Partial<Places>): string[] => candidates(places(changes)).map(({ program }) => program);

test("bundled, then PATH, then where cargo installs", () => {
  assert.deepEqual(programs(), [
    "/ext/server/dispatch-ls",
    "/usr/local/bin/dispatch-ls",
    "/usr/bin/dispatch-ls",
    "/home/ann/.cargo/bin/dispatch-ls",
  ]);
  assert.equal(programs({ environment: { CARGO_HOME: "/opt/cargo" } }).at(-1), "/opt/cargo/bin/dispatch-ls");
});

test("a place is looked at once", () => {
  assert.equal(programs({ environment: { PATH: "/home/ann/.cargo/bin:/usr/bin:/usr/bin" } }).length, 3);
});

test("a setting counts alone", () => {
  assert.deepEqual(candidates(places({ setting: "~/bin/dispatch-ls" })), [{ origin: "setting", program: "/home/ann/bin/dispatch-ls" }]);
});

test("nothing in the workspace, and nothing relative", () => {
  const environment = { PATH: "/home/ann/corpora/bin:/home/ann/corpora:.::bin:/usr/bin" };
  for (const isTrusted of [true, false]) {
    const found = programs({ environment, isTrusted });
    assert.deepEqual(found, ["/ext/server/dispatch-ls", "/usr/bin/dispatch-ls", "/home/ann/.cargo/bin/dispatch-ls"]);
  }
  // A folder whose name only begins the same.
  assert.ok(programs({ environment: { PATH: "/home/ann/corpora-bin" } }).includes("/home/ann/corpora-bin/dispatch-ls"));
});

test("Windows", () => {
  const found = programs({
    platform: "win32",
    extension: "C:\\ext",
    home: "C:\\Users\\ann",
    environment: { Path: "C:\\Tools;D:\\corpora\\bin" },
    workspace: ["d:\\corpora"],
  });
  assert.deepEqual(found, [
    "C:\\ext\\server\\dispatch-ls.exe",
    "C:\\Tools\\dispatch-ls.exe",
    "C:\\Users\\ann\\.cargo\\bin\\dispatch-ls.exe",
  ]);
});

test("a setting may name a program of a workspace that is trusted, and of no other", () => {
  const inside = "/home/ann/corpora/dispatch-ls";
  const why = (program: string, isTrusted: boolean, origin: "setting" | "PATH" = "setting"): string | undefined =>
    refusal(places({ isTrusted }), { origin, program }, program);
  assert.equal(why(inside, true), undefined);
  assert.match(why(inside, false) ?? "", /not trusted/);
  // A link on the PATH that leads into the workspace.
  assert.match(why(inside, true, "PATH") ?? "", /workspace/);
  assert.equal(why("/opt/dispatch-ls", false), undefined);
  assert.match(why("dispatch-ls", true) ?? "", /absolute/);
});
