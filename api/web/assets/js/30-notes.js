// Notes: names are offered after «@», and what was typed is kept in this tab until it is among the notes.
{
  const area = document.querySelector("textarea[data-mentions]");
  if (area) {
    const key = area.form.elements.namedItem("_key"), place = "note " + location.pathname;
    const kept = JSON.parse(sessionStorage.getItem(place) || "null");
    if (kept && document.getElementById("note-" + kept.key)) sessionStorage.removeItem(place);
    else if (kept && area.value === "") { area.value = kept.text; key.value = kept.key; }
    area.addEventListener("input", () => sessionStorage.setItem(place, JSON.stringify({ key: key.value, text: area.value })));

    const list = document.getElementById(area.dataset.mentions), offered = document.createElement("p");
    offered.className = "suggest";
    offered.hidden = true;
    area.after(offered);
    const begun = () => /(^|[^\p{L}\p{N}])@([\p{L}\p{M}'-]*(?: [\p{L}\p{M}'-]*)?)$/u.exec(area.value.slice(0, area.selectionStart));

    const take = box => {
      const [, , part] = begun() || [null, null, ""], end = area.selectionStart;
      area.setRangeText(box.dataset.name + " ", end - part.length, end, "end");
      box.checked = true;
      offered.hidden = true;
      area.focus();
      area.dispatchEvent(new Event("input"));
    };

    const offer = () => {
      const found = begun(), part = found && found[2].toLowerCase();
      const fits = box => (" " + box.dataset.name.toLowerCase()).includes(" " + part);
      const boxes = found && list ? [...list.querySelectorAll("input[data-name]")].filter(fits).slice(0, 6) : [];
      offered.replaceChildren(...boxes.map(box => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "small secondary";
        button.textContent = "@" + box.dataset.name;
        button.addEventListener("click", () => take(box));
        return button;
      }));
      offered.hidden = boxes.length === 0;
    };
    area.addEventListener("input", offer);
    offered.addEventListener("keydown", event => {
      if (event.key === "Escape") { offered.hidden = true; area.focus(); }
    });
    area.addEventListener("keydown", event => {
      if (offered.hidden) return;
      if (event.key === "Escape") offered.hidden = true;
      if (event.key === "ArrowDown") { event.preventDefault(); offered.firstChild.focus(); }
    });
  }
}
