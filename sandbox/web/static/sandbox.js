// Keeps open pages current: asks once a second whether anything changed, and then renews the parts marked data-live.
let seen; // The first look renews too: something may have come since the page was made.

async function look() {
  if (document.hidden || !document.querySelector("[data-live]")) return;
  const { version } = await (await fetch("/version")).json();
  if (version !== seen) await renew();
  seen = version;
}

async function renew() {
  const text = await (await fetch(location.href)).text();
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (!now || part.innerHTML === now.innerHTML) continue;
    const focused = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
    part.replaceWith(now);
    if (focused) now.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  }
  document.title = fresh.title;
  showTimes();
}

function showTimes() {
  const today = new Date().toDateString();
  for (const time of document.querySelectorAll("time")) {
    const at = new Date(time.dateTime);
    const sameDay = at.toDateString() === today;
    time.title = at.toLocaleString();
    time.textContent = sameDay
      ? at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
      : at.toLocaleDateString([], { day: "numeric", month: "short" });
  }
}

function fitFrames() {
  for (const frame of document.querySelectorAll("iframe.body")) {
    const fit = () => {
      const page = frame.contentDocument?.documentElement;
      if (page) frame.style.height = `${page.scrollHeight + 2}px`;
    };
    frame.addEventListener("load", fit);
    addEventListener("resize", fit);
    fit();
  }
}

showTimes();
fitFrames();
setInterval(() => look().catch(() => {}), 1000);
