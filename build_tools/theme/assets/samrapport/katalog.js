/* The catalogue of activities: a choice for each way to look for one. Without this script all of them stand
   under the headings of their kinds. */
(() => {
  "use strict"

  const place = document.querySelector('[data-sr="katalogval"]')
  const entries = [...document.querySelectorAll(".sr-katalog > li")]
  if (!place || !entries.length) return

  const WAYS = { slag: "Slag", steg: "Steg", ort: "Ort", erbjuds: "Erbjuds av" }
  const words = (entry, way) => (entry.dataset[way] || "").split("|").filter(Boolean)
  const told = document.createElement("span")
  told.setAttribute("role", "status")
  const chosen = new Map()

  function show() {
    let count = 0
    for (const entry of entries) {
      entry.hidden = [...chosen].some(([way, word]) => word && !words(entry, way).includes(word))
      if (!entry.hidden) count += 1
    }
    for (const list of document.querySelectorAll(".sr-katalog")) {
      const empty = ![...list.children].some(entry => !entry.hidden)
      list.hidden = empty
      list.previousElementSibling.hidden = empty
    }
    const all = count === entries.length
    told.textContent = all ? `Alla ${count} aktiviteter visas.` : `${count} av ${entries.length} aktiviteter visas.`
  }

  function choice(way) {
    const known = [...new Set(entries.flatMap(entry => words(entry, way)))].sort((a, b) => a.localeCompare(b, "sv"))
    if (known.length < 2) return
    const label = document.createElement("label")
    const select = document.createElement("select")
    select.append(new Option("alla", ""), ...known.map(word => new Option(word, word)))
    label.append(`${WAYS[way]}: `, select)
    select.addEventListener("change", () => {
      chosen.set(way, select.value)
      show()
    })
    place.append(label)
  }

  place.setAttribute("role", "group")
  place.setAttribute("aria-label", "Välj bland aktiviteterna")
  Object.keys(WAYS).forEach(choice)
  place.append(told)
  place.previousElementSibling.before(place)
  show()
})()
