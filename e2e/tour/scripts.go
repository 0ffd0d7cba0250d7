package tour

import "strings"

// Scripts that people need no script for: they press, type and unfold.
const (
	form   = `const form = document.querySelector("main form[method=post]"); `
	send   = form + `form.submit()`
	unfold = `document.querySelectorAll("details").forEach(d => d.open = true)`
	reload = `location.reload()`

	// mention begins to name somebody in a note, and lets the page not remember it.
	mention = `const note = document.getElementById("note-text"); note.focus(); note.value = "@"; note.setSelectionRange(1, 1); ` +
		`note.dispatchEvent(new Event("input")); sessionStorage.clear()`

	// attached chooses a file that is asked for on somebody's behalf.
	attached = form + `const files = new DataTransfer(); files.items.add(new File(["%PDF-1.4 an example"], "letter.pdf", {type: "application/pdf"})); ` +
		`form.querySelector("[name=document]").files = files.files; `

	// answerAll says something to every question, whatever it is.
	answerAll = form + `for (const e of form.elements) {
		if (e.type === "radio") e.checked = ![...form.elements].some(o => o.name === e.name && o.checked) || e.checked;
		else if (e.tagName === "TEXTAREA" || e.type === "text") e.value = e.value || "An example of what one writes here.";
		else if (e.tagName === "SELECT") e.selectedIndex = e.selectedIndex || 1;
		else if (e.type === "date") e.value = e.value || "2026-12-01";
	} `

	// Hears waits until a page that listens surely does: what its line brought before it was cut would be taken for news.
	Hears = `new Promise(done => { const line = new EventSource(document.body.dataset.live); line.onopen = () => { line.close(); done() } })`

	// unheard waits until the page says that it hears of nothing.
	// What was under way may still come and take the word back: then the browser says once more that it has no line.
	unheard = `new Promise(done => {
		const look = tries => document.getElementById("live").className === "offline" ? done()
			: setTimeout(look, 50, tries + 1, tries % 60 === 59 && !navigator.onLine && dispatchEvent(new Event("offline")));
		look(0);
	})`

	// unsent presses the button and waits until the page says that nothing was sent, and why.
	unsent = `document.getElementById("send").click(); ` +
		`new Promise(done => { const look = () => document.querySelector("[data-unsent]:not([hidden])") ? done() : setTimeout(look, 50); look() })`
)

func press(button string) string { return `document.querySelector('` + button + `').click()` }

// blank sends another form than the page's main one as it is.
func blank(which string) string { return `document.querySelector('` + which + `').submit()` }

// typed sends the form with these answers, names and values in turn, whatever of it is shown.
func typed(namesAndValues ...string) string {
	return form + enter("form", namesAndValues) + `form.submit()`
}

// typedInto does so with another form than the page's main one.
func typedInto(which string, namesAndValues ...string) string {
	return `const form = document.querySelector('` + which + `'); ` + enter("form", namesAndValues) + `form.submit()`
}

func enter(into string, namesAndValues []string) string {
	var script strings.Builder
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		name, value := namesAndValues[i], namesAndValues[i+1]
		script.WriteString(into + `.querySelectorAll("[name='` + name + `']").forEach(e => e.remove()); ` +
			into + `.append(Object.assign(document.createElement("input"), {name: "` + name + `", value: "` + value + `"})); `)
	}
	return script.String()
}

// behind sends the form after another window of the same person has sent something else to an address.
func behind(address, first, then string) string {
	return form + `const first = new URLSearchParams(new FormData(form)); ` + first +
		`; fetch(` + address + `, {method: "POST", body: first}).then(() => { ` + then + ` form.submit() })`
}

// often sends the same form again and again, and at last as people do.
func often(times, address string) string {
	return `(async () => { const form = document.querySelector("main form[method=post]") || document.body.appendChild(Object.assign(document.createElement("form"), ` +
		`{method: "post", action: "` + address + `"})); for (let i = 0; i < ` + times + `; i++) ` +
		`await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))}); form.submit() })()`
}
