// Every page works without these files. This one hides questions that an answer makes needless, keeps drafts, and keeps a
// second click from sending.
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
