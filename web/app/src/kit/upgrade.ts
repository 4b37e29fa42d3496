// After an upgrade the server no longer has the pages that an open tab would load later. The tab then loads the new
// app, once a minute at most, so that a page which is missing for another reason is shown as an error.
const key = "kanal.loaded-anew-at";
const pause = 60_000;

export function loadAnewAfterUpgrade(reload: () => void = () => window.location.reload()): void {
  window.addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0);
    if (Date.now() - last < pause) return;
    sessionStorage.setItem(key, String(Date.now()));
    event.preventDefault();
    reload();
  });
}
