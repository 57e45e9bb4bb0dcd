// Checks of which a failed one leaves a picture, and pictures for the documentation.
import { copyFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

const project = resolve(import.meta.dirname, "../../..");
/** What only a VS Code in a browser has: not on pictures. */
const style = `
  [id="status.workbench.keyboardLayout"], [id="status.forwardedPorts"], [id="status.host"], [id="status.editor.keyboardLayout"],
  .settings-tabs-widget .action-item:has([aria-label^="Remote"]), .settings-tabs-widget .action-item:has([title^="Remote"]) { display: none !important; }`;

/** `judge` is told of each check; pictures go to `out`. */
export function watched({ workbench, judge, out }) {
  let failures = 0;
  return {
    async check(name, test) {
      await judge(name, async () => {
        try {
          return await test();
        } catch (error) {
          failures += 1;
          const page = workbench.pages.filter((page) => !page.isClosed()).at(-1);
          await page?.screenshot({ path: join(out, `failed-${failures}.png`) });
          throw error;
        }
      });
    },
    picture: (page, name) => page.screenshot({ path: join(out, `${name}.png`), style }),
    /** One that goes into `folder` of the project, where DISPATCH_PICTURES says so. */
    async shown(page, name, folder = "editors/vscode/images/readme") {
      await page.screenshot({ path: join(out, `${name}.png`), style });
      if (process.env.DISPATCH_PICTURES === "true") {
        mkdirSync(join(project, folder), { recursive: true });
        copyFileSync(join(out, `${name}.png`), join(project, folder, `${name}.png`));
      }
    },
  };
}
