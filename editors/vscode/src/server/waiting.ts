import type { CancellationToken } from "vscode";

/** Waits for `milliseconds`, or less if `token` is cancelled; whether it was. */
export function isCancelledWithin(milliseconds: number, token: CancellationToken): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    const listener = token.onCancellationRequested(done);
    function done(): void {
      clearTimeout(timer);
      listener.dispose();
      resolve(token.isCancellationRequested);
    }
  });
}
