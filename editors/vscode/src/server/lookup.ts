/**
 * Where the server may be, in the order in which it is looked for. What a workspace brought is never among it: no
 * folder of the workspace is looked in, even if the `PATH` names it.
 */
import * as path from "node:path";

export type Origin = "setting" | "bundled" | "PATH" | "cargo";

export interface Candidate {
  readonly origin: Origin;
  /** Absolute path of a program that need not exist. */
  readonly program: string;
}

/** What of the machine and the editor decides where to look. */
export interface Places {
  /** The setting `dispatch-ls.server.path`; empty for none. */
  readonly setting: string;
  /** Folder of the extension. */
  readonly extension: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Folders of the workspace. */
  readonly workspace: readonly string[];
  readonly isTrusted: boolean;
}

/** A setting counts alone: whoever names a program does not want another one. */
export function candidates(places: Places): Candidate[] {
  const flavour = places.platform === "win32" ? path.win32 : path.posix;
  const name = places.platform === "win32" ? "dispatch-ls.exe" : "dispatch-ls";
  if (places.setting !== "") {
    const program = places.setting.replace(/^~(?=[\\/])/, places.home);
    return [{ origin: "setting", program }];
  }
  const { environment } = places;
  const searchPath = environment.PATH ?? environment.Path ?? "";
  const cargo = environment.CARGO_HOME ?? flavour.join(places.home, ".cargo");
  const found: Candidate[] = [
    { origin: "bundled", program: flavour.join(places.extension, "server", name) },
    ...searchPath
      .split(flavour.delimiter)
      .map((folder): Candidate => ({ origin: "PATH", program: flavour.join(folder, name) })),
    { origin: "cargo", program: flavour.join(cargo, "bin", name) },
  ];
  const seen = new Set<string>();
  return found.filter(({ program }) => {
    const isNew = flavour.isAbsolute(program) && !seen.has(program) && !isIn(places.workspace, program, flavour);
    seen.add(program);
    return isNew;
  });
}

/** Why a program must not be run, or `undefined` if it may. `program` is what links lead to. */
export function refusal(places: Places, candidate: Candidate, program: string): string | undefined {
  const flavour = places.platform === "win32" ? path.win32 : path.posix;
  if (!flavour.isAbsolute(program)) {
    return "is not an absolute path";
  }
  const mayBeThere = candidate.origin === "setting" && places.isTrusted;
  return !mayBeThere && isIn(places.workspace, program, flavour) ? "is in the workspace, which is not trusted" : undefined;
}

function isIn(folders: readonly string[], program: string, flavour: path.PlatformPath): boolean {
  return folders.some((folder) => {
    const way = flavour.relative(folder, program);
    return way !== "" && !way.startsWith("..") && !flavour.isAbsolute(way);
  });
}
