// Every page works without these files. This one hides questions that an answer makes needless, keeps drafts, and keeps a
// second click, or a line that is down, from costing anything.
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

const needless = (form, field) => Boolean(field.dataset.countsWith && !meets(form, field.dataset.countsWith) ||
  field.dataset.need && !meets(form, field.dataset.need) && !filled(field));
const stays = new WeakSet(); // what came back wrong although no answer here asks for it: hidden, nobody would find what is said of it

function showWhatCounts(form) {
  for (const field of form.querySelectorAll("[data-counts-with], [data-need]")) field.hidden = needless(form, field) && !stays.has(field);
  for (const note of form.querySelectorAll("[data-past]")) {
    const day = note.closest(".field").querySelector("input").value;
    note.hidden = !day || day >= note.dataset.past;
  }
}

for (const form of document.querySelectorAll("form[data-form]")) {
  for (const field of form.querySelectorAll(".wrong")) if (needless(form, field)) stays.add(field);
  showWhatCounts(form);
  form.addEventListener("change", () => showWhatCounts(form));
}

// ---- what is typed is kept as a draft, so that a session that ends costs nothing
const patience = 10_000; // milliseconds, after which a line that says nothing is taken for dead
const saying = new WeakMap(); // one draft of a form after the other: each begins with the mark of the one before

// reach the server with a form's draft, or ask for the page again where it keeps none: its answer shows whether all is there
// that a page needs.
async function reach(form) {
  const ask = options => fetch(form.dataset.drafts || location.href, { signal: AbortSignal.timeout(patience), ...options });
  if (!form.dataset.drafts) return (await ask({ method: "HEAD", headers: { Accept: "text/html" } })).status;
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") typed.append(name, value);
  const answer = await ask({ method: "POST", body: typed });
  for (const [field, mark] of new URLSearchParams(answer.headers.get("Draft-Marks") || "")) {
    if (form.elements.namedItem(field)) form.elements.namedItem(field).value = mark;
  }
  return answer.status;
}

async function keep(form) {
  const said = form.querySelector("[data-kept]");
  const turn = (saying.get(form) || Promise.resolve()).then(() => reach(form)).catch(() => 0);
  saying.set(form, turn);
  const status = await turn;
  if (said) said.textContent = status === 204 ? said.dataset.kept : status === 409 ? said.dataset.newer : said.dataset.notKept;
  return status;
}

for (const form of document.querySelectorAll("form[data-drafts]")) {
  let soon = null;
  form.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(() => { if (!form.dataset.sent) keep(form); }, 1500); });
}

// ---- what a stranger types outlives a reload, for as long as the tab is open; once sent it is kept no longer
function tabOf() {
  try { return sessionStorage; } catch { return null; } // where a browser keeps nothing
}

function keepInTab(form, tab) {
  const under = "typed " + form.elements.namedItem("_key").value;
  const asked = () => [...form.querySelectorAll("input:not([type=hidden]), textarea, select")];
  const answer = c => c.type === "radio" || c.type === "checkbox" ? c.checked : c.value;
  const typed = JSON.parse(tab.getItem(under) || "{}");
  for (const c of asked()) {
    if (!(c.id in typed)) continue;
    if (typeof typed[c.id] === "boolean") c.checked = typed[c.id]; else c.value = typed[c.id];
    const rest = c.closest("details.rest");
    if (rest && answer(c)) rest.open = true;
  }
  showWhatCounts(form);
  form.addEventListener("input", () => tab.setItem(under, JSON.stringify(Object.fromEntries(asked().map(c => [c.id, answer(c)])))));
  addEventListener("pagehide", () => { if (form.dataset.sent) tab.removeItem(under); });
}

for (const form of document.querySelectorAll("form[data-tab]")) if (tabOf()) keepInTab(form, tabOf());

// ---- a file that is too large is left out where it is chosen: nobody waits for it to be sent and turned away
for (const input of document.querySelectorAll("input[data-largest]")) {
  const fault = document.createElement("p");
  fault.className = "fault";
  fault.role = "alert";
  input.after(fault);
  input.addEventListener("change", () => {
    const fits = file => file.size <= input.dataset.largest * 1024 * 1024, chosen = [...input.files], kept = new DataTransfer();
    const large = chosen.filter(file => !fits(file));
    fault.textContent = large.map(file => input.dataset.tooLarge.replace("{name}", () => file.name)).join(" ");
    if (!large.length) return;
    chosen.filter(fits).forEach(file => kept.items.add(file));
    input.files = kept.files;
  });
}

// ---- one click is enough; the server knows the second one by its key anyway. A long form leaves this page only if there is
// somebody to take it: else what was typed, and the files that were chosen, would be gone with the page.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", async event => {
    if (form.dataset.sent === "surely") { form.dataset.sent = "yes"; return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    const unsent = [...form.querySelectorAll("[data-unsent]")];
    if (!unsent.length) return;
    const say = why => unsent.forEach(notice => { notice.hidden = notice.dataset.unsent !== why; });
    event.preventDefault();
    say("");
    const status = await keep(form);
    if (status > 0 && status < 500) { form.dataset.sent = "surely"; form.requestSubmit(event.submitter); return; }
    delete form.dataset.sent;
    say(status > 0 ? "away" : "line");
  });
}
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(f => delete f.dataset.sent));

// ---- a page that answered a form is loaded again by its address, so that going back to it sends nothing
const answered = document.querySelector("[data-here]");
if (answered) history.replaceState(null, "", answered.dataset.here);

// ---- browsers that know autofocus for fields only: what a page wants to be read first
if (!location.hash && document.activeElement === document.body) document.querySelector("[autofocus]")?.focus();

// ---- what an address means inside what is folded is unfolded; so is everything on paper
function unfold() {
  const meant = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!meant) return;
  for (let d = meant.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  meant.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

let folded = [];
addEventListener("beforeprint", () => { folded = [...document.querySelectorAll("main details:not([open])")]; folded.forEach(d => { d.open = true; }); });
addEventListener("afterprint", () => { folded.forEach(d => { d.open = false; }); folded = []; });
