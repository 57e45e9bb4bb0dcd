/** A dispatch.toml and an actors file for the folder of a corpus, with those who are mentioned most. The server makes them. */
import * as vscode from "vscode";

import type { Candidate, SetUp } from "../server/requests";
import { LANGUAGE, type Session } from "../server/session";
import { counted, listed } from "../words";

/** Candidates that are chosen unless somebody says otherwise. Places are rarely those who act. */
const PICKED = 20;
/** Milliseconds until the files have their text. */
const PATIENCE = 5000;

export function registerSetUp(session: Session): vscode.Disposable {
  return vscode.commands.registerCommand("dispatch-ls.setUp", async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== LANGUAGE) {
      void vscode.window.showInformationMessage("Open a corpus first.");
      return;
    }
    try {
      await setUp(session, document);
    } catch (error) {
      void vscode.window.showWarningMessage(`This folder was not set up: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

async function setUp(session: Session, document: vscode.TextDocument): Promise<void> {
  const textDocument = session.converters?.code2ProtocolConverter.asTextDocumentIdentifier(document);
  const run = <Answer>(argument: object): Promise<Answer | undefined> =>
    session.ask("workspace/executeCommand", { command: "dispatch.init", arguments: [{ textDocument, ...argument }] });
  const found = await run<{ candidates: Candidate[] }>({ candidates: true });
  if (found === undefined) {
    throw new Error("the server dispatch-ls does not run.");
  }
  const actors = await choose(found.candidates);
  if (actors === undefined) {
    return;
  }
  const written = new Set<vscode.TextDocument>();
  const listener = vscode.workspace.onDidChangeTextDocument((event) => written.add(event.document));
  try {
    const made = await run<SetUp>({ actors });
    if (made === undefined) {
      throw new Error("the server dispatch-ls has ended.");
    }
    const files = [...made.created, ...(made.edited ?? [])].map((uri) => vscode.Uri.parse(uri));
    await haveTheirText(files, written);
    await Promise.all([...written].filter((one) => one.isDirty && isOneOf(files, one)).map((one) => one.save()));
    await tell(made, files);
  } finally {
    listener.dispose();
  }
}

/** Names; `undefined` where somebody thinks better of it. */
async function choose(candidates: readonly Candidate[]): Promise<string[] | undefined> {
  if (candidates.length === 0) {
    return [];
  }
  const most = candidates.filter(({ kind }) => kind !== "place").slice(0, PICKED);
  const picks = candidates.map((candidate) => ({
    label: candidate.name,
    description: `${candidate.kind} · ${counted(candidate.mentions, "mention")}`,
    picked: most.includes(candidate),
  }));
  const chosen = await vscode.window.showQuickPick(picks, {
    canPickMany: true,
    title: "Set up this folder: a dispatch.toml, and an actors.jsonl",
    placeHolder: "Who is to be in the actors file, the most mentioned first",
  });
  return chosen?.map(({ label }) => label);
}

/** The server's edit is made while its answer is on the way. */
async function haveTheirText(files: readonly vscode.Uri[], written: ReadonlySet<vscode.TextDocument>): Promise<void> {
  const isThere = (uri: vscode.Uri): boolean => [...written].some((document) => document.uri.toString() === uri.toString());
  for (const end = Date.now() + PATIENCE; !files.every(isThere) && Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function tell({ created, actors: added }: SetUp, files: readonly vscode.Uri[]): Promise<void> {
  if (files.length === 0) {
    void vscode.window.showInformationMessage("This folder has a dispatch.toml and an actors file already; nothing was made anew.");
    return;
  }
  const actors = files.find((uri) => uri.path.endsWith(".jsonl"));
  if (actors !== undefined) {
    await vscode.window.showTextDocument(actors, { preview: false });
  }
  const names = files.slice(0, created.length).map((uri) => uri.path.replace(/^.*\//, ""));
  const what = names.length > 0 ? `${listed(names)} ${names.length === 1 ? "is" : "are"} there now.` : `${counted(added.length, "actor")} ${added.length === 1 ? "is" : "are"} in the actors file now.`;
  void vscode.window.showInformationMessage(`${what} What you add to the actors file is known in the text at once.`);
}

function isOneOf(files: readonly vscode.Uri[], { uri }: vscode.TextDocument): boolean {
  return files.some((file) => file.toString() === uri.toString());
}
