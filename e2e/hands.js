// What has the focus, as somebody at the keyboard sees and hears it: evaluated by the tests after each key.
(() => {
  const words = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".optional, .raises, script, select, textarea").forEach((aside) => aside.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return { Kind: "nothing", Text: "" };

  const kinds = { A: "link", BUTTON: "button", SUMMARY: "fold", TEXTAREA: "field", SELECT: "list", MAIN: "main" };
  const inputs = { radio: "radio", checkbox: "tick", file: "file", date: "date" };
  const legend = e.closest("fieldset")?.querySelector(":scope > legend");
  const name = e.getAttribute("aria-label") ?? (e.labels?.length ? words(e.labels[0]) : words(e));

  // The mark: an outline, thick enough and not see-through.
  const style = getComputedStyle(e), clear = (colour) => /^transparent$|, 0\)$|\/ 0\)$/.test(colour);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !clear(style.outlineColor);

  // The place: in the window and under nothing else, by half at least; of a long text browsers show the line with the caret.
  const seen = (x, y) => { const hit = document.elementFromPoint(x, y); return hit && (e.contains(hit) || [...(e.labels ?? [])].includes(hit)); };
  const share = (box, part) => [0.25, 0.5, 0.75].map((at) => [box.left + box.width * part, box.top + box.height * at]);
  const boxes = [...e.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  const points = boxes.flatMap((box) => [0.1, 0.5, 0.9].flatMap((part) => share(box, part)));
  const hidden = points.filter(([x, y]) => !seen(x, y));

  const faults = [];
  if (e.tagName !== "MAIN") {
    if (!outlined) faults.push(`bears no mark (outline ${style.outline})`);
    if (points.length === 0) faults.push("takes no room");
    else if (e.tagName === "TEXTAREA" ? hidden.length === points.length : hidden.length * 2 > points.length) {
      const [x, y] = hidden[0], over = document.elementFromPoint(x, y);
      faults.push(`is ${over ? "under " + over.outerHTML.slice(0, 120) : "out of the window"} at ${Math.round(x)}, ${Math.round(y)} of ${innerWidth} × ${innerHeight}`);
    }
    if (!name && !e.hasAttribute("aria-labelledby") && e.id !== "result") faults.push("has no name");
    if (e.tabIndex > 0) faults.push("comes out of turn");
  }
  return {
    Kind: e.tagName === "INPUT" ? inputs[e.type] ?? "field" : kinds[e.tagName] ?? "part",
    Name: name, Group: legend ? words(legend) : "", ID: e.id, Text: e.innerText ?? "", Value: e.value ?? "", On: Boolean(e.checked || e.parentElement?.open),
    Chosen: e.selectedOptions?.[0]?.label ?? "", Needed: e.getAttribute("aria-required") === "true" || Boolean(e.closest("[data-need]")),
    Open: e.type === "radio" && Boolean(legend) && !legend.querySelector(".optional") && !e.closest("fieldset").querySelector("input:checked"),
    Raises: Boolean(e.labels?.[0]?.querySelector(".raises")),
    Top: e.getBoundingClientRect().top + scrollY, Bar: Boolean(e.closest("header")),
    Place: [...document.querySelectorAll("*")].indexOf(e), Faults: faults,
  };
})()
