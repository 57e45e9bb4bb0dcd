// What the extension, and VS Code's host of extensions, have noted as an error.
const fs = require("node:fs");
const path = require("node:path");

/** `logs` is VS Code's folder. */
exports.linesOf = (logs) => {
  const files = fs.readdirSync(logs, { recursive: true }).filter((name) => /Dispatch\.log$|remoteexthost\.log$/.test(name));
  if (!files.some((name) => name.endsWith("Dispatch.log")) || !files.some((name) => name.endsWith("remoteexthost.log"))) {
    throw new Error(`not all logs are there: ${files.join()}`);
  }
  return files.flatMap((name) => fs.readFileSync(path.join(logs, name), "utf8").split("\n"));
};

// A host of extensions that starts before the last one has left finds its lock: that is VS Code's own affair.
exports.errorsIn = (logs) => exports.linesOf(logs).filter((line) => line.includes("[error]") && !line.includes("vscode.lock"));
