// build.mjs: bundles the extension into dist/.
import { build } from "esbuild";

await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  // The ECMAScript modules of dependencies first: they are smaller.
  mainFields: ["module", "main"],
  logLevel: "warning",
});
