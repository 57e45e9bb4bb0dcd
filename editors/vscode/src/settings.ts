/**
 * What the server is told of the settings: only what somebody has set, so that a `dispatch.toml` holds where the
 * editor says nothing, an empty text among it; and nothing that a workspace brought which is not trusted.
 */

import schema from "../schemas/dispatch.toml.json";

/** A setting by the places where it can be set, as VS Code has them. */
export interface Inspected {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

export type Settings = Record<string, Record<string, unknown>>;

/** The settings of the server, `table.key`. */
export const SERVER_SETTINGS = Object.entries(schema.properties).flatMap(([table, { properties }]) =>
  Object.keys(properties).map((key) => `${table}.${key}`),
);

export function forServer(inspect: (name: string) => Inspected | undefined, isTrusted: boolean): Settings {
  const settings: Settings = {};
  for (const name of SERVER_SETTINGS) {
    const value = merged(inspect(name) ?? {}, isTrusted);
    if (value !== undefined && value !== "") {
      const [table = "", key = ""] = name.split(".");
      settings[table] = { ...settings[table], [key]: value };
    }
  }
  return settings;
}

/** The nearest value; tables are laid over each other, as VS Code does it. */
function merged(inspected: Inspected, isTrusted: boolean): unknown {
  const { globalValue, workspaceValue, workspaceFolderValue } = inspected;
  const values = isTrusted ? [globalValue, workspaceValue, workspaceFolderValue] : [globalValue];
  return values.reduce((far, near) => {
    if (near === undefined) {
      return far;
    }
    return isTable(far) && isTable(near) ? { ...far, ...near } : near;
  }, undefined);
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
