/* Two reports side by side on a page: the choice in the form and the address, the tables and texts, and what
   can be taken away. What is said of the figures comes from `jamfor.js`. */
(() => {
  "use strict"

  const { Facts, Named, anchor, csv, drawn, html, number, pair, tables, titleOf, whyOf, CLASSES, YES, RESERVED, NO } = window.srJamfor

  /* ── Elements with text, never markup from text ──────────────────────────────────── */

  function make(tag, attributes = {}, ...content) {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(name, "")
      else if (value !== false && value !== null && (value !== "" || name === "value")) made.setAttribute(name, value)
    }
    made.append(...content.filter(one => one !== null && one !== ""))
    return made
  }

  const put = (element, made) => { element.innerHTML = made.text }

  /* ── The choice, as it stands in the address ─────────────────────────────────────── */

  const WAYS = {
    visa: ["bada", "siffror", "text"], diagram: ["tabell", "prickar", "sma"], skala: ["egen", "gemensam"],
    lage: ["bredvid", "andringar", "a", "b"],
  }
  const SIDES = ["a", "b", "avsnitt", "fakta"]
  const PRINT = /^([0-9a-f]{8})\.(\d{1,4})-([0-9a-f]{8})\.(\d{1,4})$/

  function readState(search) {
    const asked = new URLSearchParams(search), state = {}
    for (const key of SIDES) state[key] = (asked.get(key) || "").slice(0, 200)
    for (const [key, ways] of Object.entries(WAYS)) state[key] = ways.includes(asked.get(key)) ? asked.get(key) : ways[0]
    state.avsnitt = /^(?:avsnitt-)?(\d{1,3})$/.exec(state.avsnitt)?.[1] || ""
    return state
  }

  function search(state, print = "") {
    const ways = Object.entries(WAYS).map(([key, [usual]]) => [key, state[key] === usual ? "" : state[key]])
    const text = [["a", state.a], ["b", state.b], ["avsnitt", state.avsnitt], ...ways, ["fakta", print]]
      .filter(([, value]) => value)
      .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2F", "/")}`).join("&")
    return text ? `?${text}` : ""
  }

  /* A new choice is a step in the browser's history; the same one again is none. */
  function step(state) {
    const address = location.pathname + search(state) + location.hash
    if (address !== location.pathname + location.search + location.hash) history.pushState(null, "", address)
  }

  /* Calls back when the browser goes to another choice, and not when it only goes to another place on the page. */
  function onReturn(back) {
    let last = location.search
    addEventListener("popstate", () => {
      if (location.search !== last) back(readState(location.search))
      last = location.search
    })
    return () => { last = location.search }
  }

  /* ── The facts, fetched when somebody asks ───────────────────────────────────────── */

  async function fetched(url) {
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(String(answer.status))
    return answer.json()
  }

  class Source {
    constructor(home) {
      this.home = home
      this.parts = new Map()
    }

    facts() {
      return this.read ??= fetched(new URL("jamfor/fakta.json", this.home)).then(data => {
        if (data.version !== 1) throw new RangeError("version")
        return new Facts(data)
      })
    }

    /* On a large site the figures of each insats lie apart. */
    async with(ids) {
      const facts = await this.facts()
      await Promise.all([...new Set(ids)].filter(id => !facts.figures[id]).map(async id => {
        const { i } = facts.head(id), [, association] = facts.team(id), path = `jamfor/fakta/${association}/${i}.json`
        if (!this.parts.has(path)) this.parts.set(path, fetched(new URL(path, this.home)))
        Object.assign(facts.figures, await this.parts.get(path).catch(error => { this.parts.delete(path); throw error }))
      }))
      return facts
    }
  }

  const corrected = (facts, id) => facts.head(id).r || []
  const fingerprint = (facts, ids) => ids.map(id => `${facts.head(id).f}.${corrected(facts, id).length}`).join("-")

  /* What was corrected since a link was frozen; null where the figures are the same. */
  function since(facts, state) {
    if (!state.fakta) return null
    const found = PRINT.exec(state.fakta)
    if (!found) return { strange: true, told: [] }
    const then = [[found[1], Number(found[2])], [found[3], Number(found[4])]]
    const changed = [state.a, state.b].map((id, at) => ({ id, count: then[at][1], same: facts.head(id).f === then[at][0] }))
      .filter(one => !one.same)
    if (!changed.length) return null
    const told = changed.map(one => ({ name: facts.name(one.id), list: corrected(facts, one.id).slice(one.count) }))
    return { strange: false, told: told.filter((one, at) => told.findIndex(other => other.name === one.name) === at) }
  }

  function sinceNotice(changed) {
    const box = make("div", { class: "sr-not sr-jamfor__rattat", role: "note", "aria-label": "Siffrorna har ändrats" })
    if (changed.strange) {
      box.append(make("p", {}, "Länkens fingeravtryck går inte att läsa, så det syns inte om siffrorna har ändrats sedan den gjordes. Siffrorna här är de som gäller nu."))
      return box
    }
    box.append(make("p", { class: "sr-not-rubrik" }, "Siffrorna har ändrats sedan länken gjordes. Här visas de som gäller nu."))
    const list = make("ul")
    for (const { name, list: some } of changed.told) {
      if (!some.length) list.append(make("li", {}, `${name}: siffror har ändrats utan att någon rättelse är antecknad.`))
      for (const [, label, old, now, , day, why] of some) {
        const what = old && now ? `${old} har ändrats till ${now}.` : "Siffran har ändrats. Den är skyddad och visas inte."
        list.append(make("li", {}, `${name}, ${day}: ${label}. ${what} ${why}`))
      }
    }
    box.append(list)
    return box
  }

  /* ── The texts of two report pages, section by section ───────────────────────────── */

  const KEPT = { P: "p", UL: "ul", OL: "ol", LI: "li", BLOCKQUOTE: "blockquote", STRONG: "strong", EM: "em", BR: "br" }
  const LEFT_OUT = "table, figure, svg, details, nav, script, style, .sr-tabell, .sr-diagram, .sr-not, .sr-tabellnot, .sr-anmarkningar, .sr-saknas, .headerlink"

  /* The words of a text with nothing of its markup but paragraphs, lists and emphasis. */
  function copied(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LEFT_OUT)) return ""
    const inner = [...node.childNodes].map(copied).filter(one => one !== "")
    if (!(node.tagName in KEPT)) return inner.length === 1 ? inner[0] : spread(inner)
    return make(KEPT[node.tagName], {}, ...inner)
  }

  function spread(nodes) {
    const kept = document.createDocumentFragment()
    kept.append(...nodes)
    return kept
  }

  const titled = heading => {
    const kept = heading.cloneNode(true)
    for (const link of kept.querySelectorAll(".headerlink")) link.remove()
    return kept.textContent.trim()
  }

  /* What a report page has between its sections is drawn much and read little: it is left out unparsed. */
  const DRAWN = /<(svg|table|script)\b[\s\S]*?<\/\1>/g

  async function prose(url) {
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(String(answer.status))
    const told = await answer.text(), first = told.indexOf('<h2 id="avsnitt-')
    const page = new DOMParser().parseFromString(first < 0 ? "" : told.slice(first).replace(DRAWN, ""), "text/html")
    const found = new Map()
    for (const heading of page.querySelectorAll("h2[id^='avsnitt-']")) {
      const parts = []
      for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
        if (next.tagName === "H3") parts.push(make("h3", {}, titled(next)))
        else if (next.matches("section.sr-del")) parts.push(...[...next.children].map(copied).filter(one => one !== ""))
      }
      const last = parts.filter((one, at) => one.tagName !== "H3" || (parts[at + 1] && parts[at + 1].tagName !== "H3"))
      const number = Number(heading.id.slice("avsnitt-".length))
      const title = titled(heading)
      if (last.length) found.set(number, { number, title: title.replace(/^\d+\.\s*/, ""), parts: last })
    }
    return found
  }

  /* ── What stands above the sections (pages/compare/pair.py and banner.py) ────────── */

  function lead(named, home) {
    const link = at => html`<a href="${home}${named.facts.head(named.ids[at]).u}">rapporten för ${named.names[at]}</a>`
    const teams = [...new Set(named.ids.map(id => named.facts.head(id).i))].map(team => named.facts.data.insatser[team][1])
    const badge = teams.some(one => named.facts.data.pahittade.includes(one))
      ? html`<p class="sr-pahittat"><span class="sr-etikett sr-etikett-exempel">Påhittat exempel</span></p>` : ""
    return html`${badge}<p class="sr-jamfor__rapporter">Vänster: ${link(0)}. Höger: ${link(1)}.</p>`
  }

  const notice = (name, ...told) => html`<div class="sr-not" role="note" aria-label="${name}">${told.map(text => html`<p>${text}</p>`)}</div>`

  function most({ found, anchors }) {
    const rows = new Map(found.rows.flatMap(row => [row.a, row.b].map((line, at) => [line && [at ? found.b.id : found.a.id, line.cell].join(), anchors.get(row.key)])))
    const bound = part => typeof part === "string" ? part : html`<a href="#${rows.get([part.report, part.cell].join())}">${part.text}</a>`
    const items = found.highlights.map(one => html`<li class="sr-viktigt sr-viktigt--${one.kind}">${one.parts.map(bound)}</li>`)
    const body = items.length ? html`<ul>${items}</ul>` : html`<p>Inget att lyfta fram: ingen skillnad är större än vad som brukar bero på slump.</p>`
    return html`<h2 id="viktigast">Det viktigaste</h2><div class="sr-jamfor__viktigast">${body}</div>`
  }

  const COUNTED = [[YES, "kan jämföras"], [RESERVED, "kan jämföras med förbehåll"], [NO, "kan inte jämföras"]]
  const WHY = [[RESERVED, "Vad du behöver veta när du jämför"], [NO, "Varför siffror inte kan jämföras"]]
  const figures = count => count === 1 ? "1 siffra" : `${number(String(count))} siffror`

  function banner(named) {
    const counts = { [YES]: 0, [RESERVED]: 0, [NO]: 0 }
    for (const row of named.found.rows) if (!window.srJamfor.isSum(row)) counts[row.verdict] += 1
    const items = COUNTED.filter(([one]) => counts[one]).map(([one, text]) =>
      html`<li class="sr-dom sr-dom--${CLASSES[one]}"><span class="sr-dom__ord">${figures(counts[one])} ${text}</span></li>`)
    const body = items.length ? html`<ul class="sr-domar">${items}</ul>` : html`<p>Rapporterna har inga siffror att jämföra.</p>`
    const why = WHY.filter(([one]) => counts[one]).map(([one, title]) => reasons(one, title, named))
    return html`<h2 id="jamforbart">Går siffrorna att jämföra?</h2><div class="sr-jamfor__dom">${body}${why}<p class="sr-oforandrat" hidden></p><p class="sr-svag sr-jamfor__pil">En pil visar en skillnad som är större än vad som brukar bero på slump, eller som är beslutad eller bokförd. Andra skillnader kan vara slump.</p></div>`
  }

  /* Each reason once, those that hold for most rows first, with ways to the rows. */
  function reasons(verdict, title, named) {
    const held = new Map()
    for (const row of named.found.rows) {
      if (row.verdict !== verdict) continue
      for (const { text } of whyOf(row)) held.set(text, [...(held.get(text) || []), row])
    }
    const items = [...held].sort((one, other) => other[1].length - one[1].length).map(([text, rows]) =>
      html`<li>${text} <span class="sr-svag">(${figures(rows.length)})</span><ul>${links(rows, named)}</ul></li>`)
    return html`<details><summary>${title}</summary><ul class="sr-skallista">${items}</ul></details>`
  }

  /* A way to each row; rows of one table share theirs. */
  function links(rows, { anchors }) {
    const homes = new Map()
    for (const row of rows) {
      const home = window.srJamfor.family(row) || row.key
      homes.set(home, [...(homes.get(home) || []), row])
    }
    return [...homes.values()].flatMap(own => {
      const one = new Set(own.map(row => row.measure)).size === 1
      const words = own.length > 1 && one ? window.srJamfor.common(own.map(row => row.label)) : []
      const told = words.length ? [[own[0], `${words.join(", ")} (${own.length} rader)`]] : own.map(row => [row, row.label])
      return told.map(([row, text]) => html`<li><a href="#${anchors.get(row.key)}">${text}</a></li>`)
    })
  }

  /* The share in the goal as each counts it, beside those that are counted alike for all. */
  function goals({ facts, found, names, ids }) {
    const told = ids.map((id, at) => {
      const [counted = "", , all, some] = facts.head(id).mal || [], { by } = at ? found.b : found.a
      return { own: by.get("mal.andel"), counted, all: by.get(all), some: by.get(some) }
    })
    if (!told.some(one => one.own || one.all)) return null
    const words = text => html`<td class="sr-ord">${text}</td>`
    const value = line => !line ? html`<td class="sr-tal"><span class="sr-mark">uppgift saknas</span></td>` : line.mark
      ? html`<td class="sr-tal"><span class="sr-mark">${line.mark}</span></td>` : html`<td class="sr-tal">${window.srJamfor.shown(line, facts.data.enheter)}</td>`
    const shared = line => line ? value(line) : words("går inte att räkna")
    const row = (label, cells) => html`<tr><th scope="row">${label}</th>${cells}</tr>`
    const why = [...new Set(ids.map(id => (facts.head(id).mal || [])[1]).filter(Boolean))].join(" ")
    return html`<h2 id="malet">Målet, räknat lika för alla</h2><div class="sr-jamfor__mal"><div class="sr-tabell"><table><caption>Andel i mål, på insatsens sätt och lika för alla</caption><thead><tr><th scope="col">Andel</th>${names.map(name => html`<th scope="col" class="sr-tal">${name}</th>`)}</tr></thead><tbody>${row("Insatsens egen andel i mål", told.map(one => value(one.own)))}${row("Det insatsen räknar som mål", told.map(one => words(one.counted || "uppgift saknas")))}${row("Till arbete eller studier, av alla avslut", told.map(one => shared(one.all)))}${row("Till arbete eller studier, tidiga avhopp borträknade", told.map(one => shared(one.some)))}</tbody></table></div>${why ? html`<p class="sr-tabellnot">${why}</p>` : ""}</div>`
  }

  /* ── The sections (templates/pair.md) ────────────────────────────────────────────── */

  const none = why => html`<span class="sr-dold">${why}</span><span aria-hidden="true">–</span>`
  const signed = (table, sign) => html` <sup><a href="#not-${table}-${sign}" aria-label="not ${sign}">${sign}</a></sup>`

  function rowHtml(row, table, home, [a, b]) {
    const label = row.href ? html`<a href="${home}${row.href}">${row.label}</a>` : row.label
    const presence = row.presence ? html` <span class="sr-etikett">${row.presence}</span>` : ""
    const percent = row.percent || html`${none("visas inte")}${row.percentSign ? signed(table, row.percentSign) : ""}`
    const apart = row.difference
      ? html`<td class="sr-tal ${row.way}">${row.difference}</td><td class="sr-tal sr-procent">${percent}</td>`
      : html`<td class="sr-ej">kan inte jämföras</td><td class="sr-tal sr-procent">${none("ingen")}</td>`
    const note = html`<span class="sr-dom__ord">${row.word}</span>${row.noteSigns.map(one => signed(table, one))}${row.note ? html`<span class="sr-dom__skal">${row.note}</span>` : ""}`
    return html`<tr id="${row.anchor}" data-nyckel="${row.key}" class="sr-dom sr-dom--${row.verdict}${row.level ? ` sr-niva-${row.level}` : ""}"><th scope="row">${label}${presence}</th><td class="sr-tal" data-rapport="${a}">${row.a}</td><td class="sr-tal" data-rapport="${b}">${row.b}</td>${apart}<td class="sr-bild"></td><td class="sr-notis">${note}</td></tr>`
  }

  function tableHtml(table, named, home) {
    const years = named.years.length > 0
    const notes = table.footnotes.map(one => html`<li id="${one.anchor}"><strong>${one.sign}</strong> ${one.text}</li>`)
    const head = html`<tr><th scope="col">Nyckeltal</th><th scope="col" class="sr-tal sr-kol-a">${named.names[0]}</th><th scope="col" class="sr-tal sr-kol-b">${named.names[1]}</th><th scope="col" class="sr-tal">Skillnad</th><th scope="col" class="sr-tal sr-procent">Procent</th><th scope="col">${years ? html`<span class="sr-som-serie">Alla år</span><span class="sr-som-vag">Från–till</span>` : "Från–till"}</th><th scope="col">Not</th></tr>`
    const series = years ? html`<span class="sr-som-serie">. Linjen visar alla år, skrafferad där de inte går att jämföra.</span>` : ""
    const rings = html`<p class="sr-ringar">○ ${named.names[0]}, ● ${named.names[1]}${series}</p>`
    return html`${rings}<div class="sr-tabell sr-jamfor__tabell"><table><caption>${table.caption}</caption><thead>${head}</thead><tbody>${table.rows.map(row => rowHtml(row, table.id, home, named.names))}</tbody></table></div>${notes.length ? html`<ul class="sr-tabellnot sr-fotnoter">${notes}</ul>` : ""}`
  }

  const nameOf = band => band.number === null ? band.alone ? "siffror" : "ovriga" : `avsnitt-${band.number}`

  function bandHtml(band, own, named, home, state) {
    const name = nameOf(band)
    const parts = own.map(table => {
      if (table.id === name) return tableHtml(table, named, home)
      const way = table.href ? html`<p class="sr-tabellnot"><a href="${home}${table.href}">Vad måttet betyder</a></p>` : ""
      return html`<details class="sr-jamfor__delar"><summary>${table.caption} <span class="sr-svag">${table.said}</span></summary>${way}${tableHtml(table, named, home)}</details>`
    })
    const figures = parts.length && state.visa !== "text" ? html`<div class="sr-jamfor__siffror">${parts}</div>` : ""
    const text = band.number !== null && state.visa !== "siffror" ? html`<div class="sr-jamfor__text"></div>` : ""
    return html`<section class="sr-jamfor__band" data-avsnitt="${name}" aria-labelledby="${name}"><h2 id="${name}">${titleOf(band)}</h2>${figures}${text}</section>`
  }

  /* Calls back when a section comes near the window, where the browser tells: what is far off is not laid out. */
  function whenNear(section, back) {
    if (!("oncontentvisibilityautostatechange" in section)) back()
    else section.addEventListener("contentvisibilityautostatechange", event => { if (!event.skipped) back() })
  }

  /* Draws some tables on one scale each, or on one for each row. */
  function illustrate(root, some, named, together) {
    for (const old of root.querySelectorAll(".sr-skala")) old.remove()
    for (const table of some) {
      const { drawings, said } = drawn(table, named, together)
      for (const [name, made] of drawings) {
        const cell = document.getElementById(name)?.querySelector(".sr-bild")
        if (cell) put(cell, made.text ? made : none("ingen bild"))
      }
      const box = said && document.getElementById(table.rows[0].anchor)?.closest(".sr-tabell")
      if (box) box.after(make("p", { class: "sr-tabellnot sr-skala" }, said))
    }
  }

  /* ── Where any two reports are chosen ────────────────────────────────────────────── */

  class Free {
    constructor(root, form) {
      Object.assign(this, { root, form, facts: null, state: readState(location.search), texts: new Map(), turn: 0, bands: [], undrawn: new Map(), options: new Map() })
      this.base = new URL("../", new URL(form.getAttribute("action"), document.baseURI))
      this.home = this.base.href
      this.source = new Source(this.base)
      this.status = make("p", { class: "sr-dold", role: "status" })
      this.root.before(this.status)
      this.title = document.title
      this.lists = [...document.querySelectorAll("[data-md-component='toc']")]
      this.heading = document.querySelector("article h1, .md-content h1")
      this.heading.tabIndex = -1
    }

    async start() {
      try {
        this.facts = await this.source.facts()
      } catch (error) {
        this.say(error instanceof RangeError ? "Sidan är äldre än siffrorna. Ladda om den."
          : "Siffrorna gick inte att hämta. Ladda om sidan, eller använd de färdiga jämförelserna nedan.")
        return
      }
      for (const one of document.querySelectorAll(".sr-utan-val")) one.hidden = true
      this.form.hidden = false
      this.form.addEventListener("submit", event => { event.preventDefault(); this.compare() })
      this.form.addEventListener("change", event => this.chosen(event.target.name))
      this.button("byt").addEventListener("click", () => this.swap())
      mendShare(this.form, () => this.links())
      this.button("ladda-ner").addEventListener("click", () => this.download())
      addEventListener("beforeprint", () => this.drawAll())
      this.stepped = onReturn(state => { this.state = state; this.ask(state); this.show() })
      this.ask(this.state)
      await this.show()
      if (location.hash && scrollY === 0) location.replace(location.hash) // what the address leads to was not there before
    }

    button(name) {
      return this.form.querySelector(`[data-sr="${name}"]`)
    }

    say(...notes) {
      this.root.replaceChildren(...notes.map(text => make("p", { class: "sr-not", role: "note" }, text)))
    }

    /* ── choosing ── */

    /* The two reports that stand in the form; they are shown when somebody asks for it. */
    ask({ a, b }) {
      this.asked = { a, b }
    }

    chosen(name) {
      if (!(name in this.state)) return
      const { value } = this.form.elements[name]
      if (name in this.asked) {
        this.asked[name] = value
        this.fill(name === "a" ? "b" : "a", value)
        return
      }
      this.state[name] = value
      this.keep()
      if (name === "skala") this.scale()
      else if (!["diagram", "lage"].includes(name)) this.show()
    }

    /* A list is gone through with the arrow keys, so that what it holds is no wish yet: the button is. */
    async compare() {
      Object.assign(this.state, this.asked)
      this.keep()
      await this.show()
      this.heading.focus()
    }

    swap() {
      const { a, b } = this.asked
      this.ask({ a: b, b: a })
      Object.assign(this.state, this.asked)
      this.keep()
      this.show()
    }

    keep() {
      this.state.fakta = ""
      step(this.state)
      this.stepped()
    }

    known(id) {
      return Object.hasOwn(this.facts.data.rapporter, id)
    }

    /* The reports of each insats, with the years between them that have none. */
    groups() {
      const { data } = this.facts, found = new Map()
      for (const [id, head] of Object.entries(data.rapporter)) {
        const [name, association] = data.insatser[head.i], own = found.get(head.i)
        if (own) own.reports.push([id, head])
        else found.set(head.i, { label: `${data.forbund[association] || association}: ${name}`, name, reports: [[id, head]] })
      }
      for (const { reports } of found.values()) reports.sort(([, one], [, other]) => one.d[0] < other.d[0] ? -1 : one.d[0] > other.d[0] ? 1 : 0)
      const order = new Intl.Collator("sv")
      return [...found.values()].sort((one, other) => order.compare(one.label, other.label))
    }

    /* The list of reports, made once; with each choice only what is barred is told anew. */
    list(name) {
      const made = (this.grouped ??= this.groups()).map(({ label, name: team, reports }) => {
        let last = 0
        const options = reports.map(([id, head]) => {
          const gaps = []
          for (let year = last + 1; last && year < Number(head.d[0].slice(0, 4)); year += 1) gaps.push(year)
          last = Math.max(last, Number(head.d[1].slice(0, 4)))
          const lacking = gaps.map(year => html`<option value="" disabled>${team} ${year} (ingen rapport är publicerad)</option>`)
          return html`${lacking}<option value="${id}">${team} ${head.p}</option>`
        })
        return html`<optgroup label="${label}">${options}</optgroup>`
      })
      const select = this.form.elements[name]
      put(select, html`<option value="">Välj rapport</option>${made}`)
      return [...select.options].filter(option => option.value).map(option => [option, option.text])
    }

    fill(name, other) {
      if (!this.options.has(name)) this.options.set(name, this.list(name))
      for (const [option, text] of this.options.get(name)) {
        const why = this.barred(option.value, other)
        option.disabled = Boolean(why)
        if (option.text !== text + why) option.text = text + why
      }
      this.form.elements[name].value = this.known(this.asked[name]) ? this.asked[name] : ""
    }

    /* Why a report is no choice beside another: words that follow its name. */
    barred(id, other) {
      if (!this.known(other)) return ""
      if (id === other) return " (redan vald)"
      if (this.facts.head(id).m === this.facts.head(other).m) return ""
      const [one, two] = [this.measures(id), this.measures(other)]
      return one && two && ![...one].some(measure => two.has(measure)) ? " (inga mått gemensamma)" : ""
    }

    measures(id) {
      const packed = this.facts.figures[id]
      if (!packed) return null
      const seen = this.seen ??= new Map(), key = packed.l.join()
      if (!seen.has(key)) seen.set(key, new Set(window.srJamfor.places(packed.l).map(place => this.facts.data.rader[place][2])))
      return seen.get(key)
    }

    choices() {
      const select = this.form.elements.avsnitt
      const some = this.bands.filter(band => band.number !== null).map(band => [String(band.number), titleOf(band)])
      put(select, html`${[["", "Hela sidan"], ...some].map(([value, text]) => html`<option value="${value}">${text}</option>`)}`)
      select.value = some.some(([value]) => value === this.state.avsnitt) ? this.state.avsnitt : ""
      select.parentElement.hidden = !some.length
    }

    /* The ways of showing as they are chosen; one that these reports cannot be shown in is no choice. */
    ways(named) {
      for (const name of Object.keys(WAYS)) this.form.elements[name].value = this.state[name]
      for (const name of ["diagram", "skala", "lage"]) this.form.elements[name].parentElement.hidden = !named
      if (!named) return
      const small = this.form.elements.diagram.querySelector("[value='sma']")
      small.disabled = !named.years.length
      small.textContent = named.years.length ? "Små diagram" : "Små diagram (för få år)"
      if (small.disabled && small.selected) this.form.elements.diagram.value = "tabell"
      ;["a", "b"].forEach((side, at) => { this.form.elements.lage.querySelector(`[value="${side}"]`).textContent = `Bara ${named.names[at]}` })
    }

    /* ── showing ── */

    async show() {
      const turn = this.turn += 1
      const { state } = this
      this.fill("a", this.asked.b)
      this.fill("b", this.asked.a)
      const ready = this.known(state.a) && this.known(state.b)
      this.button("dela").disabled = !ready
      this.button("ladda-ner").disabled = !ready || state.visa === "text"
      if (!ready) {
        this.bands = []
        this.choices()
        this.ways(null)
        this.say(...this.missing())
        this.entitle(null)
        return
      }
      try {
        await this.source.with([state.a, state.b])
      } catch {
        this.say("Siffrorna för rapporterna gick inte att hämta. Ladda om sidan.")
        return
      }
      if (turn !== this.turn) return
      const found = pair(this.facts, state.a, state.b)
      this.named = new Named(this.facts, found)
      this.ways(this.named)
      this.lay(found)
      this.entitle(this.named.title)
      this.status.textContent = `Visar ${found.a.shared.namn} bredvid ${found.b.shared.namn}.`
      if (state.visa !== "siffror") await this.words(found, turn)
    }

    missing() {
      const { a, b } = this.state
      const strange = [a, b].filter(one => one && !this.known(one))
      const notes = [...new Set(strange)].map(one => `Det finns ingen publicerad rapport som heter ”${one}”.`)
      return [...notes, "Välj en rapport till vänster och en till höger."]
    }

    /* The page is called by what it shows, in its heading and in the window, and lists what it has. */
    entitle(title) {
      const [text] = this.heading.childNodes
      this.called ??= text.data
      text.data = title || this.called
      document.title = title ? this.title.replace(/^.*? – /, () => `${title} – `) : this.title
      this.contents()
    }

    contents() {
      const shown = [...this.root.querySelectorAll("h2[id]")].map(heading => [heading.id, titled(heading)])
      for (const list of this.lists) {
        for (const old of list.querySelectorAll(".sr-jamfor__hit")) old.remove()
        list.prepend(...shown.map(([id, text]) => make("li", { class: "md-nav__item sr-jamfor__hit" },
          make("a", { class: "md-nav__link", href: `#${id}` }, make("span", { class: "md-ellipsis" }, text)))))
      }
    }

    lay(found) {
      const { state, named, home } = this
      this.bands = this.sections(found)
      this.choices()
      const chosen = this.form.elements.avsnitt.value
      const some = this.bands.filter(band => !chosen || String(band.number) === chosen)
      const laid = some.map(band => [band, band.rows.length ? tables(band.rows, nameOf(band), `Siffror: ${band.title}`, named) : []])
      this.tables = laid.flatMap(([, own]) => own)
      const strange = state.avsnitt && !chosen ? html`<p class="sr-not" role="note">Avsnitt ${state.avsnitt} finns inte här, så hela sidan visas.</p>` : ""
      const notes = found.notes.length ? notice("Att veta om jämförelsen", ...found.notes) : ""
      const finished = this.facts.finished(state.a, state.b)
      const ready = finished ? html`<p class="sr-jamfor__fardig"><a href="${home}${finished}">Det finns en färdig sida för de här två</a>, där texternas ändringar är utmärkta.</p>` : ""
      const above = chosen ? "" : html`${most(named)}${banner(named)}${state.visa === "text" ? "" : goals(named)}`
      this.root.dataset.a = state.a
      this.root.dataset.b = state.b
      put(this.root, html`${lead(named, home)}${ready}${strange}${notes}${above}${laid.map(([band, own]) => bandHtml(band, own, named, home, state))}`)
      const changed = since(this.facts, state)
      if (changed) this.root.firstElementChild.after(sinceNotice(changed))
      this.undrawn = new Map(laid.map(([band, own]) => [document.getElementById(nameOf(band)).closest("section"), own]))
      if (state.skala === "gemensam") this.scale()
      for (const [section, own] of this.undrawn) whenNear(section, () => this.draw(section, own))
      document.dispatchEvent(new Event("sr-lagt"))
    }

    /* Most of a pair's work is its drawings: those of a section wait until it is near, or a scale is chosen. */
    draw(section, own) {
      if (this.undrawn.delete(section)) illustrate(section, own, this.named, false)
    }

    drawAll() {
      for (const [section, own] of this.undrawn) this.draw(section, own)
    }

    scale() {
      this.undrawn.clear()
      if (this.named) illustrate(this.root, this.tables, this.named, this.state.skala === "gemensam")
    }

    /* The sections of B's template; where the templates differ, what both have, and then each text. */
    sections(found) {
      const own = new Map(found.bands.map(band => [band.number, band]))
      for (const band of found.bands) band.alone = found.bands.length === 1
      if (found.a.head.m !== found.b.head.m) return found.bands
      const template = this.facts.data.mallar[found.b.head.m] || { avsnitt: [] }
      const all = template.avsnitt.map(([number, title]) => own.get(number) || { number, title, rows: [] })
      return own.has(null) ? [...all, own.get(null)] : all
    }

    /* ── texts ── */

    text(report) {
      const url = this.home + report.head.u
      if (!this.texts.has(url)) this.texts.set(url, prose(url).catch(() => { this.texts.delete(url); return null }))
      return this.texts.get(url)
    }

    async words(found, turn) {
      for (const box of this.root.querySelectorAll(".sr-jamfor__text")) box.replaceChildren(make("p", { class: "sr-saknas" }, "Hämtar texten …"))
      const [one, other] = await Promise.all([this.text(found.a), this.text(found.b)])
      if (turn !== this.turn) return
      if (!one || !other) {
        for (const box of this.root.querySelectorAll(".sr-jamfor__text")) box.replaceChildren(make("p", { class: "sr-saknas" }, "Texten gick inte att hämta."))
        return
      }
      if (found.a.head.m !== found.b.head.m) this.byTitle(found, one, other)
      else this.byNumber(found, one, other)
    }

    byNumber(found, one, other) {
      for (const section of this.root.querySelectorAll(".sr-jamfor__band")) {
        const box = section.querySelector(".sr-jamfor__text"), at = Number(section.dataset.avsnitt.slice("avsnitt-".length))
        if (!box) continue
        const title = section.querySelector("h2").textContent
        if (one.has(at) || other.has(at)) box.replaceChildren(panes(found, title, one.get(at), other.get(at)))
        else box.replaceChildren()
        if (!section.querySelector("table") && !box.firstChild) section.append(make("p", { class: "sr-saknas" }, "Ingen av rapporterna har något här."))
      }
    }

    byTitle(found, one, other) {
      const left = new Map([...other.values()].map(text => [text.title, text])), all = []
      for (const text of one.values()) { all.push([text.title, text, left.get(text.title)]); left.delete(text.title) }
      for (const text of left.values()) all.push([text.title, undefined, text])
      all.forEach(([title, a, b], at) => {
        const name = `text-${at + 1}`
        this.root.append(make("section", { class: "sr-jamfor__band", "data-avsnitt": name, "aria-labelledby": name },
          make("h2", { id: name }, title), make("div", { class: "sr-jamfor__text" }, panes(found, title, a, b))))
      })
      this.contents()
    }

    /* ── taking away ── */

    async links() {
      const { state } = this, base = location.origin + location.pathname
      return [base + search(state), base + search(state, fingerprint(this.facts, [state.a, state.b]))]
    }

    download() {
      const chosen = this.form.elements.avsnitt.value
      const bands = this.bands.filter(band => !chosen || String(band.number) === chosen)
      this.status.textContent = `Filen ${taken(this.facts, this.named.found, bands, chosen)} laddas ner.`
    }
  }

  function panes(found, title, one, other) {
    const pane = (side, report, text) => make("section", { class: "sr-ruta-text", "aria-label": `${side}: ${report.shared.namn}, ${title}` },
      make("p", { class: "sr-ruta-namn", "aria-hidden": "true" }, report.shared.namn),
      ...(text ? text.parts : [make("p", { class: "sr-saknas" }, `${report.shared.namn} har ingen text här.`)]))
    return make("div", { class: "sr-sida-vid-sida" }, pane("Vänster", found.a, one), pane("Höger", found.b, other))
  }

  /* ── Files and links to take away ────────────────────────────────────────────────── */

  /* Saves the figures of some sections, and tells what the file is called. */
  function taken(facts, found, bands, chosen) {
    const ids = [found.a.id, found.b.id], print = anchor(fingerprint(facts, ids))
    const name = `jamfor-${ids.map(anchor).join("-mot-")}${chosen ? `-avsnitt-${chosen}` : ""}-${print}.csv`
    save(name, csv(bands, found, facts))
    return name
  }

  function save(name, text) {
    const link = make("a", { download: name, href: URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" })) })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 1000)
  }

  /* The button Dela opens two links to copy; what became of it is said aloud. */
  function mendShare(form, links) {
    const button = form.querySelector("[data-sr='dela']")
    const said = make("p", { class: "sr-jamfor__sagt", role: "status" })
    const panel = make("div", { class: "sr-jamfor__dela", id: "sr-dela", hidden: true })
    button.setAttribute("aria-expanded", "false")
    button.setAttribute("aria-controls", "sr-dela")
    const open = now => {
      panel.hidden = !now
      button.setAttribute("aria-expanded", String(now))
      if (!now) said.textContent = ""
    }
    const ways = [["Kopiera levande länk", "Visar alltid de siffror som gäller."], ["Kopiera fryst länk", "Säger till om siffrorna har rättats sedan i dag."]]
    ways.forEach(([text, meaning], at) => {
      const copy = make("button", { type: "button", "data-sr": at ? "fryst" : "levande" }, text)
      copy.addEventListener("click", async () => {
        const link = (await links())[at]
        panel.querySelector("input")?.parentElement.remove()
        try {
          await navigator.clipboard.writeText(link)
          said.textContent = `${at ? "Den frysta" : "Den levande"} länken är kopierad.`
        } catch {
          const field = make("input", { readonly: true, value: link })
          panel.append(make("label", {}, "Länken ", field))
          field.select()
          said.textContent = "Länken gick inte att kopiera själv. Den står markerad här."
        }
      })
      panel.append(make("p", {}, copy, ` ${meaning}`))
    })
    panel.append(said)
    button.addEventListener("click", () => open(panel.hidden))
    form.addEventListener("keydown", event => {
      if (event.key === "Escape" && !panel.hidden) { open(false); button.focus() }
    })
    form.append(panel)
  }

  /* ── A page that is laid out already: its choices are kept in the address too ────── */

  class Laid {
    constructor(form) {
      Object.assign(this, { form, state: readState(location.search), a: form.dataset.a, b: form.dataset.b })
      this.home = new URL("../", new URL(form.getAttribute("action"), document.baseURI))
      this.source = new Source(this.home)
    }

    start() {
      for (const name of ["byt", "dela"]) {
        const button = this.form.querySelector(`[data-sr="${name}"]`)
        if (button) button.hidden = false
      }
      this.restore()
      this.form.addEventListener("change", event => this.changed(event.target))
      this.form.addEventListener("submit", event => {
        event.preventDefault()
        this.go({ a: this.form.elements.a.value, b: this.form.elements.b.value })
      })
      this.form.querySelector("[data-sr='byt']")?.addEventListener("click", () => this.go({ a: this.b, b: this.a }))
      this.form.querySelector("[data-sr='ladda-ner']")?.addEventListener("click", () => this.download())
      if (this.form.querySelector("[data-sr='dela']")) mendShare(this.form, () => this.links())
      if (this.state.fakta) this.compareFacts()
      this.stepped = onReturn(state => { this.state = state; this.restore() })
    }

    restore() {
      for (const name of [...Object.keys(WAYS), "avsnitt"]) {
        const select = this.form.elements[name]
        if (!select) continue
        select.disabled = false
        select.closest("label").hidden = false
        const wanted = name === "avsnitt" && this.state.avsnitt ? `avsnitt-${this.state.avsnitt}` : this.state[name]
        const has = [...select.options].some(one => one.value === wanted)
        select.value = has ? wanted : select.options[0].value
        if (name === "avsnitt") this.only(has ? wanted : "")
      }
      this.scale()
    }

    /* Of the sections only the chosen one, with its heading. The files of the page hold it whole; what is less
       is saved by the button, where figures are shown. */
    only(name) {
      const button = this.form.querySelector("[data-sr='ladda-ner']")
      if (button) button.hidden = !name || this.state.visa === "text"
      for (const band of document.querySelectorAll(".sr-jamfor__band")) {
        const away = Boolean(name) && band.dataset.avsnitt !== name
        band.hidden = away
        const heading = document.getElementById(band.dataset.avsnitt)
        if (heading) heading.hidden = away
      }
    }

    changed(select) {
      const { name, value } = select
      if (["a", "b"].includes(name)) this.bar(name, value)
      if (["a", "b"].includes(name) || !(name in this.state)) return
      if (name === "avsnitt") {
        this.state.avsnitt = /^avsnitt-(\d+)$/.exec(value)?.[1] || ""
        this.only(value)
      } else this.state[name] = value
      if (name === "visa") this.only(this.form.elements.avsnitt.value)
      this.state.fakta = ""
      step({ ...this.state, a: "", b: "" })
      this.stepped()
      if (name === "skala") this.scale()
    }

    /* What stands in one list cannot be chosen in the other. */
    bar(name, chosen) {
      const why = ` (står redan till ${name === "a" ? "vänster" : "höger"})`
      for (const option of this.form.elements[name === "a" ? "b" : "a"].options) {
        if (!option.value) continue
        option.disabled = option.value === chosen
        option.text = option.text.replace(/ \(står redan till (vänster|höger)\)$/, "") + (option.disabled ? why : "")
      }
    }

    /* To the page of their own that two reports have as they stand; any others are laid out on the free one. */
    async go({ a, b }) {
      const facts = await this.source.facts().catch(() => null)
      const finished = facts?.head(b)?.par?.includes(a) && facts.finished(a, b)
      const shown = { ...this.state, a: finished ? "" : a, b: finished ? "" : b, fakta: "" }
      location.assign(new URL(`${finished || "jamfor/"}${search(shown)}`, this.home))
    }

    async found() {
      const facts = await this.source.with([this.a, this.b])
      return pair(facts, this.a, this.b)
    }

    /* The drawings that the page came with, or the same on one scale for each table. */
    async scale() {
      const together = this.state.skala === "gemensam"
      if (!together && !this.scaled) return
      const facts = await this.source.with([this.a, this.b])
      this.named ??= new Named(facts, await this.found())
      this.tables ??= [...document.querySelectorAll(".sr-jamfor__tabell")].map(box => this.tableOf(box)).filter(Boolean)
      if (together === (this.state.skala === "gemensam")) illustrate(document, this.tables, this.named, together)
      this.scaled = true
    }

    /* A table of the page with the rows that it shows. */
    tableOf(box) {
      const shown = [...box.querySelectorAll("tr[data-nyckel]")]
      const rows = new Map(this.named.found.rows.map(row => [row.key, row]))
      const source = shown.map(one => rows.get(one.dataset.nyckel)).filter(Boolean)
      return source.length ? { source, rows: shown.map(one => ({ anchor: one.id })) } : null
    }

    async links() {
      const base = location.origin + location.pathname, own = { ...this.state, a: "", b: "" }
      return [base + search(own), base + search(own, fingerprint(await this.source.facts(), [this.a, this.b]))]
    }

    async compareFacts() {
      const changed = since(await this.source.facts(), { fakta: this.state.fakta, a: this.a, b: this.b })
      if (changed) document.querySelector(".sr-jamfor")?.prepend(sinceNotice(changed))
    }

    async download() {
      const found = await this.found(), chosen = this.state.avsnitt
      const bands = found.bands.filter(band => !chosen || String(band.number) === chosen)
      taken(await this.source.facts(), found, bands, chosen)
    }
  }

  const form = document.querySelector(".sr-jamfor__val"), root = document.querySelector(".sr-jamfor[data-fri]")
  if (form && root) new Free(root, form).start()
  else if (form && form.dataset.a) new Laid(form).start()
})()
