// What a person sees on a page, by the words that stand there: evaluated by the tests before each look.
(() => {
  const words = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".optional, .raises, .fit, script, select, textarea").forEach((aside) => aside.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const seen = (element) => Boolean(element) && (element.checkVisibility() || element.type === "file") && !element.closest("[aria-hidden=true]");
  const first = (selector, fits, within = document) => [...within.querySelectorAll(selector)].find((e) => seen(e) && fits(e)) ?? null;
  const starts = (text) => (element) => words(element).startsWith(text);
  const is = (text) => (element) => words(element) === text;

  // A group of options, by its legend; where there are several, the one that is still open.
  const group = (label) => first("fieldset", (f) => f.querySelector(":scope > legend") && is(label)(f.querySelector(":scope > legend")));
  const named = (label, within) => first("label", is(label), within ?? document)?.control ?? null;
  return {
    text: () => document.querySelector("main")?.innerText ?? document.body?.innerText ?? "",
    link: (text) => first("main a", is(text)) ?? first("main a", starts(text)) ?? first("main a", (a) => words(a).endsWith(text)) ?? first("a", is(text)) ?? first("main a", (a) => words(a).includes(text + ", ")), // a task, and what it is about
    button: (text) => first("button", is(text)),
    menu: () => document.querySelector(".who > summary"),
    field: (label, legend) => named(label, legend ? group(legend) : undefined),
    file: (legend) => group(legend)?.querySelector("input[type=file]") ?? null,
    // option is the radio or the box to click, the list to choose from, or nothing.
    option: (label, option, legend) => {
      const set = legend ? first("fieldset", (f) => is(label)(f.querySelector("legend") ?? f), group(legend)) : group(label);
      return set ? first("label", is(option), set)?.querySelector("input") ?? null : null;
    },
    pick: (label, option, legend) => {
      const list = named(label, legend ? group(legend) : undefined);
      const found = list?.options && [...list.options].find((o) => o.label === option || o.value === option);
      if (!found) return false;
      list.value = found.value;
      list.dispatchEvent(new Event("change", { bubbles: true }));
      return true;
    },
    set: (label, value, legend) => {
      const control = named(label, legend ? group(legend) : undefined);
      if (!control) return false;
      control.value = value;
      control.dispatchEvent(new Event("change", { bubbles: true }));
      return true;
    },
    // rest answers every question that must be answered and is still open, with what raises no rating. An answer may
    // bring up another question.
    rest: (preferred) => {
      const answer = (set) => {
        const options = [...set.querySelectorAll(":scope > .options input")];
        if (options.length === 0 || options.some((o) => o.checked) || set.querySelector(":scope > legend .optional")) return false;
        const harmless = options.filter((o) => !o.closest("label").querySelector(".raises") && o.value !== "unknown");
        (harmless.find((o) => is(preferred)(o.closest("label"))) ?? harmless[0] ?? options[0]).click();
        return true;
      };
      const write = (control) => {
        if (control.value.trim() !== "") return false;
        control.value = control.tagName === "TEXTAREA" ? "As far as we know." : "0";
        control.dispatchEvent(new Event("change", { bubbles: true }));
        return true;
      };
      const open = (selector) => [...document.querySelectorAll("form[data-form] " + selector)].filter(seen);
      const round = () => [...open("fieldset").map(answer), ...open("[aria-required=true]:not([type=file])").map(write),
        ...open("[data-need] input[type=text], [data-need] textarea").map(write)].some(Boolean);
      for (let rounds = 0; rounds < 9 && round(); rounds++);
      return true;
    },
  };
})()
