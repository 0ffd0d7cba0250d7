// ---- keyboard shortcuts: / goes to the search field, ? to the list of them, j and k from line to line, g and a letter to
// a page of the bar. They keep out of the way of whatever is typed,
// of key combinations, and of who switched them off (single keys trouble those who speak to their computer).
const keysOff = () => { try { return localStorage.getItem("keys") === "off"; } catch { return false; } };

// nextLine focuses the link of the next task, request or finding, or of the one before.
const nextLine = step => {
  const lines = [...document.querySelectorAll("main .tasks .what > a, main .sorted td:first-child > a, main .board .card > a, main .found li > a")];
  const here = lines.findIndex(line => line === document.activeElement);
  lines[here < 0 ? (step > 0 ? 0 : lines.length - 1) : here + step]?.focus();
};
let wentAt = -Infinity; // when g was pressed: the letter comes within two seconds

addEventListener("keydown", event => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || keysOff()) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("#search input");
  if (event.key === "/" && field) { event.preventDefault(); field.focus(); field.select(); }
  if (event.key === "j" || event.key === "k") nextLine(event.key === "j" ? 1 : -1);
  if (event.timeStamp - wentAt < 2000) document.querySelector(`.bar a[data-go="${CSS.escape(event.key)}"]`)?.click();
  wentAt = event.key === "g" ? event.timeStamp : -Infinity;
  if (event.key === "?" && document.querySelector(".bar a[data-go]")) { event.preventDefault(); location.assign("/keys"); }
});

for (const part of document.querySelectorAll("[data-keys]")) {
  const button = part.querySelector("button"), said = part.querySelector("[role=status]");
  const show = () => { button.textContent = keysOff() ? button.dataset.back : button.dataset.off; };
  button.addEventListener("click", () => {
    const off = !keysOff();
    try { if (off) localStorage.setItem("keys", "off"); else localStorage.removeItem("keys"); } catch { return; }
    said.textContent = off ? said.dataset.isOff : said.dataset.isBack;
    show();
  });
  show();
  part.hidden = false;
}

// ---- the menu under one's name lies over the page: it closes by Escape, and when the focus goes on
for (const menu of document.querySelectorAll("details.who")) {
  menu.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", event => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
}
