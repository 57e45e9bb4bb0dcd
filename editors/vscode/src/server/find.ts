/** Finding a server that is there and recent enough, and saying what to do where none is. */
import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";

import { type Candidate, type Origin, type Places, candidates, refusal } from "./lookup";
import { OLDEST, isRecent, versionIn } from "./version";

export interface Server {
  readonly program: string;
  readonly version: string;
  readonly origin: Origin;
}

/** A program that was there and could not be taken. */
export interface Refused {
  readonly candidate: Candidate;
  readonly why: string;
}

/** What `program --version` prints. Rejects where it cannot be run, fails, or takes too long. */
export type Ask = (program: string) => Promise<string>;

/** The first server that can be taken, or what was there instead. */
export async function findServer(places: Places, ask: Ask = askVersion): Promise<Server | readonly Refused[]> {
  const refused: Refused[] = [];
  for (const candidate of candidates(places)) {
    const target = await realpath(candidate.program).catch(() => undefined);
    if (target === undefined) {
      if (candidate.origin === "setting") {
        refused.push({ candidate, why: "does not exist" });
      }
      continue;
    }
    const why = refusal(places, candidate, candidate.program) ?? refusal(places, candidate, target);
    if (why !== undefined) {
      refused.push({ candidate, why });
      continue;
    }
    const version = await ask(candidate.program).then(versionIn, (error: unknown) => error as Error);
    if (typeof version === "string" && isRecent(version)) {
      return { program: candidate.program, version, origin: candidate.origin };
    }
    refused.push({ candidate, why: whatIsWrong(version) });
  }
  return refused;
}

function whatIsWrong(version: string | Error | undefined): string {
  if (version instanceof Error) {
    return `cannot be run: ${version.message.split("\n", 1)[0] ?? ""}`;
  }
  return version === undefined ? "is another program" : `is version ${version}, and ${OLDEST} is needed`;
}

/** A message for people: what was looked for and what to do. */
export function missing(refused: readonly Refused[]): string {
  const found = refused.map(({ candidate, why }) => `${candidate.program} ${why}.`);
  if (refused.some(({ candidate }) => candidate.origin === "setting")) {
    return `The server dispatch-ls cannot be started: ${found.join(" ")} Correct the setting dispatch-ls.server.path, or leave it empty to have the server looked for.`;
  }
  const places = "It is neither in the extension nor on the PATH, nor where cargo install puts it.";
  const what = found.length > 0 ? found.join(" ") : places;
  return `No server dispatch-ls that can be used. ${what} Install it with: cargo install --git https://github.com/dispatch-ls/dispatch-ls`;
}

/** Milliseconds a program may take to tell its version. */
const PATIENCE = 10_000;

function askVersion(program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, ["--version"], { timeout: PATIENCE, windowsHide: true }, (error, output) => {
      if (error) {
        reject(new Error(error.message));
      } else {
        resolve(output);
      }
    });
  });
}
