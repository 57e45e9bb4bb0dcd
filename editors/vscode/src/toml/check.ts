/** What is wrong in a `dispatch.toml`, by its JSON schema, with the place of it. */
import { type AST, ParseError, getStaticTOMLValue, parseTOML } from "toml-eslint-parser";

/** The part of JSON Schema that the settings' schema uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
}

export interface Problem {
  /** UTF-16 units from the start of the text; half-open. */
  readonly range: readonly [number, number];
  readonly message: string;
}

type Key = AST.TOMLBare | AST.TOMLQuoted;

export function check(text: string, schema: Schema): Problem[] {
  let program: AST.TOMLProgram;
  try {
    program = parseTOML(text, { tomlVersion: "1.0" });
  } catch (error) {
    if (error instanceof ParseError) {
      return [{ range: [error.index, error.index + 1], message: `This is no TOML: ${error.message}` }];
    }
    throw error;
  }
  const [top] = program.body;
  return top.body.flatMap((node) => {
    if (node.type === "TOMLKeyValue") {
      return entry(node, schema);
    }
    const inner = descend(schema, node.key.keys);
    return "message" in inner ? [inner] : node.body.flatMap((one) => entry(one, inner.schema));
  });
}

function entry({ key, value }: AST.TOMLKeyValue, schema: Schema): Problem[] {
  const inner = descend(schema, key.keys);
  if ("message" in inner) {
    return [inner];
  }
  if (value.type === "TOMLInlineTable") {
    return value.body.flatMap((one) => entry(one, inner.schema));
  }
  const got: unknown = getStaticTOMLValue(value);
  const [start, end] = value.range;
  // The parser gives a number of one digit no length where the text ends with it.
  const range = [start, Math.max(end, start + 1)] as const;
  return fits(inner.schema, got) ? [] : [{ range, message: `This should be ${wanted(inner.schema)}.` }];
}

/** The schema behind a dotted key, or what is wrong with the first part of it that is not known. */
function descend(schema: Schema, keys: readonly Key[]): { readonly schema: Schema } | Problem {
  let inner = schema;
  for (const key of keys) {
    const name = key.type === "TOMLBare" ? key.name : key.value;
    const rest = typeof inner.additionalProperties === "object" ? inner.additionalProperties : undefined;
    const next = inner.properties?.[name] ?? rest;
    if (next === undefined) {
      const known = Object.keys(inner.properties ?? {});
      const others = known.length > 0 ? `there are: ${known.join(", ")}` : "there is nothing below";
      return { range: key.range, message: `There is no setting \`${name}\` here; ${others}.` };
    }
    inner = next;
  }
  return { schema: inner };
}

function fits(schema: Schema, value: unknown): boolean {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    return choices.some((choice) => fits(choice, value));
  }
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  return (
    (types === undefined || types.some((type) => isOf(type, value))) &&
    (schema.const === undefined || schema.const === value) &&
    (schema.enum === undefined || schema.enum.includes(value)) &&
    (typeof value !== "number" || (value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity))) &&
    (schema.format !== "date" || typeof value !== "string" || isDay(value)) &&
    (schema.items === undefined || !Array.isArray(value) || value.every((item) => fits(schema.items ?? {}, item)))
  );
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
    case "null":
      return value === null;
    default:
      return typeof value === type;
  }
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** `one of "off", "hint"`, `a whole number from 0 to 60000` */
function wanted(schema: Schema): string {
  const values = constants(schema);
  if (values.length > 0) {
    return `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
  }
  if (schema.format === "date") {
    return 'a day in quotes, as "2024-12-31"';
  }
  const [type] = [schema.type ?? "string"].flat().filter((one) => one !== "null");
  const range = schema.maximum === undefined ? "" : ` from ${schema.minimum ?? 0} to ${schema.maximum}`;
  const words: Record<string, string> = { integer: `a whole number${range}`, array: "a list", object: "a table", boolean: "true or false" };
  const items = schema.items === undefined ? "" : ` of texts in quotes, as ["*.txt"]`;
  return (words[type ?? ""] ?? "a text in quotes") + items;
}

/** All values that a schema names. */
export function constants(schema: Schema): unknown[] {
  const own = [...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])];
  return [...own, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(constants)];
}
