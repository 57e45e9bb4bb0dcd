// settings.mjs [--check]: takes the server's settings over into package.json and the schema of dispatch.toml, from what
// `dispatch-ls schema` and `dispatch-ls explain` print. With --check nothing is written: it fails where they differ.
//
// DISPATCH_PROGRAM names a server that was built already; else cargo runs it.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

process.chdir(join(import.meta.dirname, ".."));
const program = process.env.DISPATCH_PROGRAM;
const [command, ...first] = program ? [program] : ["cargo", "run", "--quiet", "--"];
const printed = (argument) => execFileSync(command, [...first, argument], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const schema = JSON.parse(printed("schema"));
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const SECTION = "dispatch-ls";
const TITLES = { diagnostics: "Findings" };

/** All values that a schema names, with what is said of them. */
function choices({ anyOf = [], oneOf = [], enum: values = [], const: value, description }) {
  const own = value === undefined ? values.map((value) => ({ value })) : [{ value, description }];
  return [...own, ...[...anyOf, ...oneOf].flatMap(choices)];
}

/** `Default: 150.` at the end of a description */
const byDefault = (description) => /\bDefault: (.*?)\.$/s.exec(description)?.[1];

function setting(name, one) {
  const description = one.description.replace(/\s*\bDefault: .*$/s, "").replace(/\s+/g, " ");
  const told = byDefault(one.description);
  const common = { scope: "window", markdownDescription: description };
  const [type] = [one.type ?? []].flat().filter((type) => type !== "null");
  const values = choices(one);
  if (values.length > 0) {
    const [auto, ...rest] = values;
    return { ...common, type: "string", enum: values.map(({ value }) => value), default: auto.value, markdownEnumDescriptions: [auto.description ?? "", ...rest.map(({ description }) => description ?? "")] };
  }
  if (type === "object") {
    return { ...common, type, default: {}, properties: severities(one.additionalProperties.enum), additionalProperties: { type: "string", enum: one.additionalProperties.enum } };
  }
  if (type === "array") {
    return { ...common, type, items: { type: "string" }, default: told === undefined || told === "none" ? [] : told.split(", ") };
  }
  if (type === "boolean") {
    return { ...common, type, default: told === "true" };
  }
  if (type === "integer" || type === "number") {
    return { ...common, type, default: Number(told), minimum: one.minimum, maximum: one.maximum };
  }
  const day = { pattern: "^(?:\\d{4}-\\d{2}-\\d{2})?$", patternErrorMessage: "A day, as in 2024-12-31." };
  return { ...common, type: "string", default: told ?? "", ...(one.format === "date" ? day : {}) };
}

/** A setting for each finding, with its name and what it finds. */
function severities(levels) {
  const findings = printed("explain").split("\n").map((line) => /^(\w\d+) (\S+) +\w+ +(?:--\w+ +)?(.*)$/.exec(line)).filter(Boolean);
  const families = [...new Set(findings.map(([, code]) => code[0]))];
  const of = (description) => ({ type: "string", enum: levels, description });
  return Object.fromEntries([
    ...families.map((family) => [family, of(`all findings whose code begins with ${family}`)]),
    ...findings.map(([, code, slug, finds]) => [code, of(`${slug}: ${finds}`)]),
  ]);
}

const tables = Object.entries(schema.properties).map(([table, { properties }], order) => ({
  title: TITLES[table] ?? table.replace(/^./, (letter) => letter.toUpperCase()),
  order: order + 1,
  properties: Object.fromEntries(Object.entries(properties).map(([key, one]) => [`${SECTION}.${table}.${key}`, setting(key, one)])),
}));
const names = tables.flatMap(({ properties }) => Object.keys(properties));
const { contributes, capabilities } = manifest;
const own = contributes.configuration.map(({ title, properties }) => ({
  title,
  properties: Object.fromEntries(Object.entries(properties).filter(([, { tags = [] }]) => tags.includes("extension"))),
})).filter(({ properties }) => Object.keys(properties).length > 0);
contributes.configuration = [...tables, ...own.map(({ title, properties }, at) => ({ title, order: tables.length + 1 + at, properties }))];
capabilities.untrustedWorkspaces.restrictedConfigurations = [...names, ...own.flatMap(({ properties }) => Object.keys(properties))];

const written = [
  ["package.json", manifest],
  ["schemas/dispatch.toml.json", schema],
].map(([file, value]) => [file, `${JSON.stringify(value, null, 2)}\n`]);
for (const [file, text] of written) {
  if (!process.argv.includes("--check")) {
    writeFileSync(file, text);
  } else if (readFileSync(file, "utf8") !== text) {
    console.error(`${file} does not fit the server's settings any more. Run: npm run settings`);
    process.exitCode = 1;
  }
}
