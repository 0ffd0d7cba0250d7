// Gathers the icons that pages use into one file, assets/icons.svg: node icons.mjs. Run by `make generate`.
import fs from "node:fs";

const from = "../../node_modules/heroicons/24/outline/";
const icons = {
  alert: "exclamation-triangle", back: "arrow-left", bell: "bell", board: "view-columns", calendar: "calendar-days", chart: "chart-bar",
  check: "check", clock: "clock", close: "x-mark", copy: "document-duplicate", done: "check-circle", down: "chevron-down", download: "arrow-down-tray",
  edit: "pencil-square", expert: "academic-cap", file: "document-text", filter: "funnel", flag: "flag", globe: "globe-alt", hand: "hand-raised",
  help: "question-mark-circle", inbox: "inbox", info: "information-circle", letter: "envelope", link: "link", list: "list-bullet", lock: "lock-closed",
  map: "map", menu: "bars-3", moon: "moon", morning: "sun", next: "arrow-right", note: "chat-bubble-left-ellipsis", people: "users", pause: "pause-circle",
  person: "user-circle", phone: "phone", plus: "plus", print: "printer", refresh: "arrow-path", requests: "folder", scale: "scale", search: "magnifying-glass",
  send: "paper-airplane", settings: "cog-6-tooth", shield: "shield-check", sort: "chevron-up-down", star: "star", stop: "no-symbol", table: "table-cells",
  undo: "arrow-uturn-left", up: "chevron-up", upload: "arrow-up-tray", vote: "clipboard-document-check", wait: "ellipsis-horizontal-circle",
};

const symbols = Object.entries(icons).map(([name, file]) => {
  const paths = fs.readFileSync(from + file + ".svg", "utf8").match(/<path[^>]*>/g).join("");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75">${paths}</symbol>`;
});
fs.writeFileSync("assets/icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
