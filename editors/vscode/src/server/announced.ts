/** What the server is told that the protocol has no word for: the commands that this editor carries out. */
import type { StaticFeature } from "vscode-languageclient";

/** The server puts them into lenses and hints. */
export const CLIENT_COMMANDS = ["dispatch.showReferences", "dispatch.openAt"] as const;

export const announced: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), commands: CLIENT_COMMANDS };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};
