// An open page hears that something changed, fetches itself again, and puts in the parts that differ. It keeps its place,
// what is unfolded, and every part in which somebody is at work. A line that was lost is said, and mended.
{
  const address = document.body.dataset.live, teller = document.getElementById("live");
  const silence = 40_000, doubt = 4_000, retry = [2_000, 5_000, 15_000, 30_000]; // milliseconds; the server breathes every 15 s

  // ---- what the page says of itself
  let lostAt = null, heardAt = Date.now(), ended = false;
  const manner = document.body.dataset.hours === "12" ? { hour: "numeric", hourCycle: "h12" } : { hour: "2-digit", hourCycle: "h23" };
  const clock = when => {
    const write = zone => new Date(when).toLocaleTimeString("en-GB", { ...manner, minute: "2-digit", timeZone: zone });
    try { return write(document.body.dataset.zone).replace(/[ap]m$/, half => half.toUpperCase()); } catch { return write(); } // a zone that the browser has not
  };

  // say one of its sentences. A page that only waits for a result has none.
  function say(what, when, shown) {
    if (!teller) return;
    teller.className = shown ? "offline" : "sr";
    teller.textContent = teller.dataset[what].replace("{time}", clock(when));
  }

  function lost() {
    if (lostAt || ended || document.hidden) return;
    lostAt = heardAt;
    say("lost", lostAt, true);
  }

  function heard() {
    heardAt = Date.now();
    tries = 0;
    if (lostAt && !ended) say("back", heardAt, false);
    lostAt = null;
  }

  // ---- putting in what differs
  const plain = element => element.outerHTML.replace(/name="_key" value="[^"]*"| open=""/g, "");
  const typed = field => field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.tagName === "SELECT" && !field.multiple ? field.selectedIndex !== Math.max(0, [...field.options].findIndex(o => o.defaultSelected)) // a list of one begins with its first line
    : field.tagName === "SELECT" ? [...field.options].some(o => o.selected !== o.defaultSelected)
    : field.type === "file" ? field.files.length > 0 : field.value !== field.defaultValue;
  const selected = part => { const s = getSelection(); return !s.isCollapsed && part.contains(s.anchorNode); };
  const busy = part => part.querySelector("[aria-invalid]") || part !== document.activeElement && part.contains(document.activeElement) || selected(part)
    || [...part.querySelectorAll("input:not([type=hidden]), textarea, select")].some(typed);
  const parts = () => [...document.querySelectorAll("[data-fragment][id]")].filter(p => !p.parentElement.closest("[data-fragment]"));
  const served = new Map(parts().map(p => [p.id, plain(p)])); // as the server last had them

  function replace(old, now) {
    const folds = new Map([...old.querySelectorAll("details[id]")].map(d => [d.id, d.open]));
    const read = old === document.activeElement; // as a whole, like a result
    old.replaceWith(now);
    if (read) now.focus({ preventScroll: true });
    for (const d of now.querySelectorAll("details[id]")) if (folds.has(d.id)) d.open = folds.get(d.id);
    served.set(now.id, plain(now));
    now.classList.add("fresh");
  }

  let waiting = false; // for somebody to leave a part that differs
  function putIn(fresh) {
    const held = parts().find(p => p.getBoundingClientRect().bottom > 0);
    const top = held && held.getBoundingClientRect().top;
    let changed = false;
    waiting = false;
    for (const old of parts()) {
      const now = fresh.getElementById(old.id);
      if (!now && old.dataset.gone && old.textContent !== old.dataset.gone) { old.textContent = old.dataset.gone; changed = true; }
      if (!now || plain(now) === served.get(old.id)) continue;
      if (busy(old)) { waiting = true; continue; }
      replace(old, now);
      changed = true;
    }
    const still = held && document.getElementById(held.id);
    if (still && scrollY > 0) scrollBy(0, still.getBoundingClientRect().top - top);
    if (changed && !lostAt) say("changed", Date.now(), false);
  }
  addEventListener("focusout", () => { if (waiting) setTimeout(refresh, 200); });

  // ---- fetching: one at a time, and once more where something came meanwhile. Where much happens, or the server is slow, a
  // page rests four times as long as it took, ten seconds at most: somebody waits for the news.
  let fetching = null;
  async function refresh() {
    if (fetching) { fetching = "again"; return; }
    fetching = "now";
    const begun = performance.now();
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected && new URL(answer.url).pathname === "/login") end("signedOut");
      else if (answer.ok || answer.status === 202) { const text = await answer.text(); heard(); putIn(new DOMParser().parseFromString(text, "text/html")); }
      else if (answer.status >= 500) lost();
      else if (answer.status !== 429) end("stale"); // there is no such page to follow, or it is not theirs any more
    } catch { lost(); } finally {
      setTimeout(() => {
        const again = fetching === "again";
        fetching = null;
        if (again) refresh();
      }, Math.min(Math.max(300, 4 * (performance.now() - begun)), 10_000));
      poll();
    }
  }

  // end: whoever is signed out, or has a page that there is not, hears nothing more, and must not take it for new.
  function end(why) {
    ended = true;
    close();
    say(why, Date.now(), true);
  }

  // poll while a result is yet to come, also where the server did not answer this time.
  let polling = null;
  function poll() {
    clearTimeout(polling);
    if (!ended && document.querySelector("[data-poll]")) polling = setTimeout(refresh, lostAt ? 5_000 : 1_000);
  }
  poll();

  // ---- the line. A page that nobody looks at has none: browsers allow only few to one server.
  let events = null, before = false, tries = 0, later = null;
  function close() { if (events) events.close(); events = null; clearTimeout(later); }

  function listen() {
    if (!address || events || document.hidden || ended) return;
    events = new EventSource(address);
    const mine = events;
    mine.addEventListener("open", () => { heard(); if (before) refresh(); before = true; });
    mine.addEventListener("changed", () => { heard(); refresh(); });
    mine.addEventListener("breath", heard);
    mine.addEventListener("error", () => {
      setTimeout(() => { if (events === mine && mine.readyState !== EventSource.OPEN) lost(); }, doubt);
      if (mine.readyState === EventSource.CLOSED) again();
    });
  }

  // again: the browser gives a line up that was refused; who refused it may be back, or wants one to sign in.
  function again() {
    close();
    later = setTimeout(() => { refresh(); listen(); }, retry[Math.min(tries++, retry.length - 1)]);
  }

  // Nothing tells that a line is dead but its silence; nor that the machine slept, but the clock.
  setInterval(() => {
    if (!document.hidden && events && Date.now() - heardAt > silence) { lost(); again(); }
  }, 5_000);

  if (address) {
    addEventListener("visibilitychange", () => { if (document.hidden) close(); else { heardAt = Date.now(); listen(); refresh(); } });
    addEventListener("online", () => { close(); listen(); refresh(); });
    addEventListener("offline", lost);
    addEventListener("pagehide", close);
    addEventListener("pageshow", event => { if (event.persisted) { listen(); refresh(); } });
    listen();
  }
}
