// Every page works without this file. It hides questions that an answer makes needless, keeps a second click from
// sending, and refreshes what others changed.
"use strict";

// ---- questions that count for some answers only
function answersOf(form, name) {
  const named = form.elements.namedItem(name);
  const controls = named === null ? [] : named instanceof RadioNodeList ? [...named] : [named];
  return controls.filter(c => (c.type !== "radio" && c.type !== "checkbox") || c.checked).map(c => c.value);
}

function meets(form, rule) {
  return Object.entries(JSON.parse(rule)).every(([name, among]) => answersOf(form, name).some(a => among.includes(a)));
}

function filled(field) {
  return [...field.querySelectorAll("input, textarea, select")]
    .some(c => c.type === "radio" || c.type === "checkbox" ? c.checked : c.value.trim() !== "");
}

function showWhatCounts(form) {
  for (const field of form.querySelectorAll("[data-counts-with], [data-need]")) {
    const unused = field.dataset.countsWith && !meets(form, field.dataset.countsWith);
    const needless = field.dataset.need && !meets(form, field.dataset.need) && !filled(field);
    field.hidden = Boolean(unused || needless) && !field.classList.contains("wrong");
  }
}

for (const form of document.querySelectorAll("form[data-form]")) {
  showWhatCounts(form);
  form.addEventListener("change", () => showWhatCounts(form));
}

// ---- what is typed is kept as a draft, so that a session that ends costs nothing
async function keep(form) {
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") typed.append(name, value);
  const said = form.querySelector("[data-kept]");
  try {
    const answer = await fetch(form.dataset.drafts, { method: "POST", body: typed, redirect: "error" });
    said.textContent = answer.ok ? said.dataset.kept : said.dataset.notKept;
  } catch { said.textContent = said.dataset.notKept; }
}

for (const form of document.querySelectorAll("form[data-drafts]")) {
  let soon = null;
  form.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(() => { if (!form.dataset.sent) keep(form); }, 1500); });
}

// ---- one click is enough; the server knows the second one by its key anyway
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", event => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(f => delete f.dataset.sent));

const faults = document.getElementById("faults");
if (faults) faults.focus();

// ---- what others changed: the page is fetched again, and only its fragments that differ are put in. A fragment in
// which somebody is at work stays as it is.
let fetching = null;
async function refresh() {
  if (fetching) { fetching = "again"; return; }
  fetching = "now";
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok) putIn(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } finally {
    const again = fetching === "again";
    fetching = null;
    if (again) setTimeout(refresh, 300);
  }
}

function putIn(fresh) {
  for (const old of document.querySelectorAll("[data-fragment][id]")) {
    const now = fresh.getElementById(old.id);
    if (!now || now.outerHTML === old.outerHTML || old.contains(document.activeElement)) continue;
    const open = [...old.querySelectorAll("details[open]")].map(d => d.id);
    old.replaceWith(now);
    open.forEach(id => { const d = id && document.getElementById(id); if (d) d.open = true; });
  }
  poll();
}

let polling = null;
function poll() {
  clearTimeout(polling);
  if (document.querySelector("[data-poll]")) polling = setTimeout(refresh, 2000);
}
poll();

let events = null;
function listen() {
  const address = document.body.dataset.live;
  if (!address || events || document.hidden) return;
  let heard = false;
  events = new EventSource(address);
  events.addEventListener("open", () => { if (heard) refresh(); heard = true; });
  events.addEventListener("changed", refresh);
}
addEventListener("visibilitychange", () => {
  if (document.hidden) { if (events) events.close(); events = null; return; }
  if (document.body.dataset.live) { listen(); refresh(); }
});
addEventListener("pagehide", () => { if (events) events.close(); events = null; });
listen();
