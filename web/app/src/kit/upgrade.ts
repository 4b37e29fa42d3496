// After an upgrade the server no longer has the pages that an open tab would load later. The tab then loads the new
// app, once a minute at most, so that a page which is missing for another reason is shown as an error. Without a network
// nothing can be loaded anew: a reload would only take away what is on the screen.
const key = "kanal.loaded-anew-at";
const pause = 60_000;

export function loadAnewAfterUpgrade(
  reload: () => void = () => window.location.reload(),
  isNewer: () => Promise<boolean> = serverHasAnother,
): void {
  window.addEventListener("vite:preloadError", async () => {
    const last = Number(sessionStorage.getItem(key) ?? 0);
    if (Date.now() - last < pause || !(await isNewer())) return;
    sessionStorage.setItem(key, String(Date.now()));
    reload();
  });
}

/** Whether the server answers, and with another app than the one that runs here. */
async function serverHasAnother(): Promise<boolean> {
  try {
    const answer = await fetch("/", { cache: "no-store" });
    const running = document
      .querySelector<HTMLScriptElement>("script[type=module][src]")
      ?.getAttribute("src");
    return answer.ok && !!running && !(await answer.text()).includes(running);
  } catch {
    return false;
  }
}
