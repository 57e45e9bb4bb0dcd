// package.mjs [OUT]: makes the .vsix for this platform, with the server in it.
//
// DISPATCH_PROGRAM names a server that was built already; else cargo builds one.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const out = process.argv[2] && resolve(process.argv[2]);
process.chdir(join(import.meta.dirname, ".."));
const project = resolve("../..");
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const target = `${process.platform}-${process.arch}`;
const name = process.platform === "win32" ? "dispatch-ls.exe" : "dispatch-ls";

const run = (program, args, options = {}) => execFileSync(program, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
const cargo = (...args) => execFileSync("cargo", args, { cwd: project, stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26, encoding: "utf8" });

function builtServer() {
  cargo("build", "--release", "--locked", "--bin", "dispatch-ls");
  const { target_directory } = JSON.parse(cargo("metadata", "--no-deps", "--format-version", "1"));
  return join(target_directory, "release", name);
}

rmSync("server", { recursive: true, force: true });
mkdirSync("server");
const server = join("server", name);
copyFileSync(process.env.DISPATCH_PROGRAM ?? builtServer(), server);
chmodSync(server, 0o755);
if (process.platform === "linux") {
  // Symbols are of no use there, and most of the size.
  run("strip", [server]);
}
writeFileSync("LICENSE.txt", ["MIT", "APACHE"].map((licence) => readFileSync(join(project, `LICENSE-${licence}`), "utf8")).join("\n\n"));

run(process.execPath, ["scripts/build.mjs"]);
const vsix = out ?? `dispatch-ls-${target}-${version}.vsix`;
run(process.execPath, ["node_modules/@vscode/vsce/vsce", "package", "--target", target, "--no-dependencies", "--out", vsix]);
