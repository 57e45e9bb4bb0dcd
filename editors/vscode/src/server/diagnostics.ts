/**
 * When the server is asked for findings. For open files after a rest (`diagnostics.debounce`); for the other files of
 * a folder only if that is wanted, and only when a file has changed: the client's library would ask every two seconds,
 * and have all files read each time.
 */
import * as vscode from "vscode";
import { type DiagnosticProviderMiddleware, vsdiag } from "vscode-languageclient";

import { SECTION } from "./session";
import { isCancelledWithin } from "./waiting";

/** Milliseconds that are waited for more files to change. */
const REST = 500;

export class Pulling implements vscode.Disposable {
  /** Documents of which findings were asked for already, with the version. */
  private readonly asked = new WeakMap<vscode.TextDocument, number>();
  private isStale = true;
  private watcher: vscode.FileSystemWatcher | undefined;
  private readonly news = new vscode.EventEmitter<undefined>();
  private readonly listeners: vscode.Disposable[];

  constructor() {
    const stale = (): void => {
      this.isStale = true;
      this.news.fire(undefined);
    };
    this.listeners = [
      this.news,
      vscode.workspace.onDidCloseTextDocument(stale),
      vscode.workspace.onDidChangeWorkspaceFolders(stale),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SECTION)) {
          this.watch(stale);
          stale();
        }
      }),
    ];
    this.watch(stale);
  }

  dispose(): void {
    this.watcher?.dispose();
    this.listeners.forEach((listener) => void listener.dispose());
  }

  readonly middleware: DiagnosticProviderMiddleware = {
    provideDiagnostics: async (document, previous, token, next) => {
      if (!("version" in document)) {
        return next(document, previous, token);
      }
      const last = this.asked.get(document);
      this.asked.set(document, document.version);
      const debounce = vscode.workspace.getConfiguration(SECTION).get("diagnostics.debounce", 0);
      if (last !== undefined && last !== document.version && (await isCancelledWithin(debounce, token))) {
        throw new vscode.CancellationError();
      }
      return next(document, previous, token);
    },
    provideWorkspaceDiagnostics: async (known, token, report, next) => {
      while (!token.isCancellationRequested && !this.isStale) {
        await this.somethingNew(token);
        await isCancelledWithin(REST, token);
      }
      if (token.isCancellationRequested) {
        return { items: [] };
      }
      this.isStale = false;
      if (isWholeFolderWanted()) {
        try {
          return await next(known, token, report);
        } finally {
          // What was cancelled has told nothing, or half of it.
          this.isStale ||= token.isCancellationRequested;
        }
      }
      const { full } = vsdiag.DocumentDiagnosticReportKind;
      report({ items: known.map(({ uri }) => ({ kind: full, uri, version: null, items: [] })) });
      return { items: [] };
    },
  };

  private watch(stale: () => void): void {
    if (!isWholeFolderWanted()) {
      this.watcher?.dispose();
      this.watcher = undefined;
    } else if (this.watcher === undefined) {
      this.watcher = vscode.workspace.createFileSystemWatcher("**/*");
      this.watcher.onDidChange(stale);
      this.watcher.onDidCreate(stale);
      this.watcher.onDidDelete(stale);
    }
  }

  private somethingNew(token: vscode.CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      const listeners = [this.news.event(done), token.onCancellationRequested(done)];
      function done(): void {
        listeners.forEach((listener) => void listener.dispose());
        resolve();
      }
    });
  }
}

function isWholeFolderWanted(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<boolean>("findings.wholeFolder", false);
}
