/* Tables with insatser as columns: the columns can be put in the order of one figure, and one insats first.
   Without this script they stand in order of names. */
(() => {
  "use strict"

  const tables = [...document.querySelectorAll(".sr-matris .sr-rutor table")]
  const place = document.querySelector('[data-sr="ordning"]')
  if (!tables.length || !place) return

  const address = new URL(location.href)
  let first = ""
  const told = document.createElement("span")
  told.setAttribute("role", "status")

  /* Every cell but the row's heading, in the order of the names. */
  const rows = new Map(tables.map(table => [table, [...table.rows].map(row => [row, [...row.cells].slice(1)])]))
  const teams = table => [...table.rows[0].cells].slice(1)
  const team = cell => cell.dataset.insats
  const chosen = new Map()

  function order(table) {
    const heads = rows.get(table)[0][1]
    const found = heads.map((_, at) => at)
    const sorted = chosen.get(table)
    if (sorted) {
      const value = at => (sorted.cells[at].dataset.tal === undefined ? NaN : Number(sorted.cells[at].dataset.tal))
      const sign = sorted.way === "descending" ? -1 : 1
      found.sort((a, b) => {
        const [one, other] = [value(a), value(b)]
        if (Number.isNaN(one) || Number.isNaN(other)) return Number.isNaN(one) - Number.isNaN(other) || a - b
        return sign * (one - other) || a - b
      })
    }
    return found.sort((a, b) => (team(heads[b]) === first) - (team(heads[a]) === first))
  }

  function arrange(table) {
    const places = order(table)
    for (const [row, cells] of rows.get(table)) row.append(...places.map(at => cells[at]))
  }

  const NEXT = { none: "descending", descending: "ascending", ascending: "none" }
  const WORDS = { none: "efter namn", descending: "högst först", ascending: "lägst först" }

  function sort(table, head, label, cells) {
    const way = NEXT[head.getAttribute("aria-sort") || "none"]
    for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort")
    if (way === "none") chosen.delete(table)
    else {
      head.setAttribute("aria-sort", way)
      chosen.set(table, { cells, way })
    }
    arrange(table)
    told.textContent = way === "none" ? "Insatserna står efter namn." : `Insatserna står efter ${label}, ${WORDS[way]}.`
  }

  function button(table, row, cells) {
    const head = row.cells[0]
    const label = head.textContent.trim()
    const made = document.createElement("button")
    made.type = "button"
    made.className = "sr-ordna"
    made.textContent = "↔"
    made.setAttribute("aria-label", `Ordna insatserna efter ${label}`)
    made.title = "Ordna insatserna efter uppgiften"
    made.addEventListener("click", () => sort(table, head, label, cells))
    head.append(made)
  }

  function pin(name) {
    first = name
    tables.forEach(arrange)
    if (name) address.searchParams.set("forst", name)
    else address.searchParams.delete("forst")
    history.replaceState(null, "", address)
  }

  function chooser() {
    const known = new Map(tables.flatMap(teams).map(cell => [team(cell), cell.querySelector("a").textContent]))
    const label = document.createElement("label")
    const select = document.createElement("select")
    select.append(new Option("ingen", ""))
    for (const [value, name] of known) select.append(new Option(name, value))
    label.append("Ställ en insats först: ", select)
    select.addEventListener("change", () => pin(select.value))
    const asked = address.searchParams.get("forst")
    if (known.has(asked)) {
      select.value = asked
      pin(asked)
    }
    return label
  }

  for (const table of tables) {
    for (const [row, cells] of rows.get(table).slice(1)) {
      if (cells.filter(cell => cell.dataset.tal !== undefined).length > 1) button(table, row, cells)
    }
  }
  place.append(chooser(), told)
})()
