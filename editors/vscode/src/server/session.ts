/** The server's life: found, started, started again when it ends by itself, stopped. Features ask it through here. */
import * as os from "node:os";

import * as vscode from "vscode";
import { CloseAction, ErrorAction, InlayHintRefreshRequest, type LanguageClientOptions, type MessageSignature } from "vscode-languageclient";
import { LanguageClient, State, TransportKind } from "vscode-languageclient/node";

import { announced } from "./announced";
import { forServer } from "../settings";
import { LIMIT, WINDOW, withCrash } from "./crashes";
import { Pulling } from "./diagnostics";
import { type Server, findServer, missing } from "./find";
import { askForHints, leadingHints } from "./hints";
import { forLargeDocuments } from "./largeDocuments";
import type { Places } from "./lookup";

export const SECTION = "dispatch-ls";
export const LANGUAGE = "dispatch";
/** Corpora, and actors files. */
export const LANGUAGES: readonly string[] = [LANGUAGE, "dispatch-actors"];

export type Life =
  | { readonly kind: "idle" }
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly server: Server }
  | { readonly kind: "stopped"; readonly why: string };

export class Session implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private server: Server | undefined;
  private state: Life = { kind: "idle" };
  private crashes: number[] = [];
  /** The settings that the server has. */
  private told = "";
  /** Starts and stops, one after the other. */
  private queue: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<Life>();
  private readonly pulling = new Pulling();
  private readonly refreshed = new vscode.EventEmitter<void>();

  /** The server has come to life, or ended. */
  readonly onDidChange = this.changed.event;
  /** The server has something new to say of text that nobody has edited. */
  readonly onDidRefresh = this.refreshed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    readonly log: vscode.LogOutputChannel,
  ) {}

  get life(): Life {
    return this.state;
  }

  /** The program that would be started, whether it runs or not. Where there is none, people are told. */
  async program(): Promise<string | undefined> {
    const server = this.server ?? (await this.find());
    return server?.program;
  }

  /** The same, for those whom nobody has asked. */
  async programIfAny(): Promise<string | undefined> {
    const found = this.server ?? (await findServer(this.places()));
    return "program" in found ? found.program : undefined;
  }

  start(): Promise<void> {
    return this.enqueue(() => this.open());
  }

  restart(): Promise<void> {
    this.crashes = [];
    return this.enqueue(async () => {
      await this.close();
      await this.open();
    });
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.close());
  }

  dispose(): void {
    this.pulling.dispose();
    this.changed.dispose();
    this.refreshed.dispose();
  }

  /** Asks the server. `undefined` where it does not run. */
  async ask<Answer>(method: string, params: unknown, token?: vscode.CancellationToken): Promise<Answer | undefined> {
    if (this.client?.state !== State.Running) {
      return undefined;
    }
    return token === undefined
      ? this.client.sendRequest<Answer>(method, params)
      : this.client.sendRequest<Answer>(method, params, token);
  }

  /** The way from the protocol's types to VS Code's and back, while the server runs. */
  get converters(): Pick<LanguageClient, "protocol2CodeConverter" | "code2ProtocolConverter"> | undefined {
    return this.client;
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work, work);
    return this.queue;
  }

  private async open(): Promise<void> {
    if (this.client !== undefined) {
      return;
    }
    this.become({ kind: "starting" });
    this.server = await this.find();
    if (this.server === undefined) {
      return;
    }
    const { server } = this;
    this.log.info(`Starting ${server.program}, version ${server.version} (${server.origin})`);
    const args = vscode.workspace.isTrusted ? ["serve"] : ["serve", "--no-config"];
    const run = { command: server.program, args, transport: TransportKind.stdio, options: { cwd: os.homedir() } };
    const client: LanguageClient = new QuietClient(SECTION, "Dispatch", run, this.options(() => { this.ended(client); }));
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) {
        this.become({ kind: "running", server });
      } else if (newState === State.Starting) {
        this.become({ kind: "starting" });
      }
    });
    client.registerFeature(announced);
    this.client = client;
    try {
      await client.start();
      client.onRequest(InlayHintRefreshRequest.type, () => {
        askForHints();
        this.refreshed.fire();
      });
    } catch (error) {
      this.log.warn(`The server did not start: ${String(error)}`);
      this.ended(client);
    }
  }

  private async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      // It had ended already.
      this.log.debug(String(error));
    }
    this.become({ kind: "idle" });
  }

  private options(onEnd: () => void): LanguageClientOptions {
    return {
      documentSelector: documentSelector(),
      outputChannel: this.log,
      diagnosticCollectionName: SECTION,
      diagnosticPullOptions: { onChange: true, onTabs: true },
      progressOnInitialization: false,
      markdown: { isTrusted: false, supportHtml: false },
      initializationOptions: this.settings(),
      middleware: {
        ...this.pulling.middleware,
        ...forLargeDocuments,
        ...leadingHints,
        workspace: {
          configuration: () => [this.settings()],
          didChangeConfiguration: () => this.tellOfSettings(),
        },
      },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        // It is started again from here: the library would show a message of its own for each time that fails.
        closed: () => {
          onEnd();
          return { action: CloseAction.DoNotRestart, handled: true, message: "The server has ended" };
        },
      },
      initializationFailedHandler: () => false,
    };
  }

  private settings(): unknown {
    const configuration = vscode.workspace.getConfiguration(SECTION);
    const settings = forServer((name) => configuration.inspect(name), vscode.workspace.isTrusted);
    this.told = JSON.stringify(settings);
    return settings;
  }

  /** The server asks then. Sent would be everything in the section, with the extension's own settings. */
  private async tellOfSettings(): Promise<void> {
    const { told } = this;
    this.settings();
    if (this.told !== told) {
      await this.client?.sendNotification("workspace/didChangeConfiguration", { settings: null });
    }
  }

  /** A client's server has ended by itself, or could not be started. */
  private ended(client: LanguageClient): void {
    if (this.client !== client) {
      return;
    }
    this.client = undefined;
    this.crashes = withCrash(this.crashes, Date.now());
    if (this.crashes.length < LIMIT) {
      this.log.warn(`The server has ended by itself; it is started again (${this.crashes.length})`);
      this.become({ kind: "starting" });
      void this.start();
      return;
    }
    const why = `The server dispatch-ls has ended ${this.crashes.length} times in ${WINDOW / 60_000} minutes, and is not started again. Your text is as it was.`;
    this.log.error(why);
    this.become({ kind: "stopped", why });
    void this.offer(why, ["Restart", () => this.restart()]);
  }

  private async find(): Promise<Server | undefined> {
    const found = await findServer(this.places());
    if ("program" in found) {
      return found;
    }
    const why = missing(found);
    this.log.error(why);
    this.become({ kind: "stopped", why });
    void this.offer(
      why,
      ["Choose the Program…", () => vscode.commands.executeCommand(`${SECTION}.chooseServer`)],
      ["Try Again", () => this.restart()],
    );
    return undefined;
  }

  private places(): Places {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return {
      setting: vscode.workspace.getConfiguration(SECTION).get("server.path", "").trim(),
      extension: this.context.extensionPath,
      environment: process.env,
      home: os.homedir(),
      platform: process.platform,
      workspace: folders.filter((folder) => folder.uri.scheme === "file").map((folder) => folder.uri.fsPath),
      isTrusted: vscode.workspace.isTrusted,
    };
  }

  private async offer(message: string, ...offers: [title: string, act: () => unknown][]): Promise<void> {
    const all: typeof offers = [...offers, ["Show the Log", () => { this.log.show(); }]];
    const chosen = await vscode.window.showErrorMessage(message, ...all.map(([title]) => title));
    await all.find(([title]) => title === chosen)?.[1]();
  }

  private become(state: Life): void {
    this.state = state;
    this.changed.fire(state);
  }
}

/** What goes wrong is in the log. What people are shown is said by the session, once, in their words. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** Whoever asks it while it ends gets nothing. The library would write an error to a log that VS Code has closed. */
  override handleFailedRequest<Answer>(type: MessageSignature, token: vscode.CancellationToken | undefined, error: unknown, nothing: Answer, ...rest: boolean[]): Answer {
    return this.state === State.Running ? super.handleFailedRequest(type, token, error, nothing, ...rest) : nothing;
  }
}

/** Documents on disk, unsaved ones, and those of the file systems that the workspace is on; not the old versions of a diff. */
function documentSelector(): { language: string; scheme: string }[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const schemes = new Set(["file", "untitled", "vscode-vfs", ...folders.map((folder) => folder.uri.scheme)]);
  return [...schemes].flatMap((scheme) => LANGUAGES.map((language) => ({ language, scheme })));
}
