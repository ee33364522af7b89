/* Two reports side by side, whichever the reader chooses: the engine of compare/ and the tables of
   pages/compare/ once more, with the same conditions, the same arithmetic in the same order and the same words,
   so that both say the same of every pair; tests hold that. `jamfor-sida.js` lays it out. */
(() => {
  "use strict"

  /* ── Numbers as texts.py writes them ─────────────────────────────────────────────── */

  const NBSP = "\u00a0", MINUS = "\u2212"
  const NUDGE = 1e-7, NEARLY = 1e-9, VANISHING = 1e-18
  const YES = "jämförbar", RESERVED = "jämförbar med förbehåll", NO = "går inte att jämföra"
  const VERDICTS = { nej: NO, forbehall: RESERVED }
  const LIKELY = "kan bero på slump", UNLIKELY = "större än vad som brukar bero på slump"
  const UNKNOWN = "går inte att bedöma", NONE = "beror inte på slump"
  const CHANCES = [["nej", NONE], ["medel", UNKNOWN], ["okand", UNKNOWN]]
  const CATEGORY = 1, GROUP = 2, SERIES = 4, SHARE = 8, SUM = 16, CHANGE = 32, COPIED = 64, BASED = 128, COVERED = 256, ADDED = 512

  const precision = digits => digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0

  /* Digits with so many decimals, half away from zero: of text, since doubles write tenths askew. */
  function fixed(digits, decimals) {
    const negative = digits.startsWith("-"), [whole, part = ""] = digits.replace("-", "").split(".")
    let kept = BigInt(whole + part.slice(0, decimals).padEnd(decimals, "0"))
    if (part.charAt(decimals) >= "5") kept += 1n
    const told = kept.toString().padStart(decimals + 1, "0")
    const at = told.length - decimals
    return (negative && kept ? "-" : "") + told.slice(0, at) + (decimals ? "." + told.slice(at) : "")
  }

  function number(digits, decimals = precision(digits)) {
    const [whole, part] = fixed(digits, decimals).split(".")
    const grouped = whole.replace("-", MINUS).replace(/\d(?=(\d{3})+$)/g, "$&" + NBSP)
    return part ? `${grouped},${part}` : grouped
  }

  /* A whole number of the last decimal's size, as digits. */
  const scaled = (whole, decimals) => decimals ? (whole / 10 ** decimals).toFixed(decimals) : String(whole)

  function share(part, base) {
    const counts = `${number(part)}${NBSP}av${NBSP}${number(base)}`
    const n = Number(base)
    if (n < 20) return counts
    const decimals = n < 100 ? 0 : 1
    const places = precision(base), under = BigInt(base.replace(".", ""))
    const over = BigInt(part) * 10n ** BigInt(places + decimals + 2)
    const percent = (2n * over + under) / (2n * under)
    const told = percent.toString().padStart(decimals + 1, "0")
    const digits = decimals ? `${told.slice(0, -decimals)}.${told.slice(-decimals)}` : told
    return `${number(digits, decimals)}${NBSP}% (${counts})`
  }

  const listed = words => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} och ${words.at(-1)}`
  const capital = text => text.charAt(0).toUpperCase() + text.slice(1)

  /* ── Facts: what the file packs together, laid out again ─────────────────────────── */

  class Facts {
    constructor(data) {
      this.data = data
      this.rules = data.regler
      this.figures = { ...data.siffror }
      this.opened = new Map()
    }

    head(id) {
      return this.data.rapporter[id]
    }

    team(id) {
      return this.data.insatser[this.head(id).i]
    }

    /* The page that two reports have of their own, if they have one (addresses.py). */
    finished(first, second) {
      for (const [a, b] of [[first, second], [second, first]]) {
        if (!this.head(b)?.par?.includes(a)) continue
        const [other, earlier] = a.split("/"), [insats, later] = b.split("/")
        return `jamfor/${insats}/${other === insats ? "" : `${other}-`}${earlier}-mot-${later}/`
      }
      return ""
    }

    name(id) {
      return `${this.team(id)[0]} ${this.head(id).p}`
    }

    /* A report with its lines, each with its traits; found once. */
    report(id) {
      if (!this.opened.has(id)) this.opened.set(id, this.open(id))
      return this.opened.get(id)
    }

    open(id) {
      const head = this.head(id), packed = this.figures[id], team = this.team(id)
      const shared = {
        rapport: id, namn: this.name(id), rapportperiod: head.p, insats: head.i, status: head.s, foregangare: team[2],
      }
      const lines = unfold(packed, this.data, shared, [head.d[0], head.d[1], head.p])
      return { id, head, shared, lines, by: new Map(lines.map(line => [line.key, line])), told: packed.sagt || {} }
    }
  }

  /* Column entries where an empty one repeats the one before. */
  function repeated(column) {
    let last = ""
    return (column || "").split(",").map(one => last = one || last)
  }

  function places(runs) {
    const found = []
    for (let at = 0; at < runs.length; at += 2) {
      for (let more = 0; more < runs[at + 1]; more += 1) found.push(runs[at] + more)
    }
    return found
  }

  /* A figure of a report. Its traits are laid out when they are asked for: of most years only some ever are. */
  class Line {
    #traits = null
    #lay

    constructor(told, lay) {
      Object.assign(this, told)
      this.#lay = lay
    }

    get traits() {
      return this.#traits ??= this.#lay(this)
    }
  }

  function unfold(packed, data, shared, whole) {
    const values = packed.v.split(","), bases = repeated(packed.n).values(), covered = repeated(packed.c).values()
    const times = [whole, ...(packed.p || [])].map(time)
    const marked = Object.entries(packed.x || {}).map(([name, rows]) => [name, new Set(rows)])
    const uppers = packed.till || {}, told = packed.sagt || {}
    const turns = packed.q || []
    let turn = 0, now = 0
    const cells = names(packed.k || [])
    const lines = places(packed.l).map((place, at) => {
      const [key, label, measure, level, asked, flags, drawn, decimals] = data.rader[place]
      const matt = data.matt[measure]
      const name = matt ? matt[0] : key
      while (turn < turns.length && turns[turn] <= at) { now = turns[turn + 1]; turn += 2 }
      const own = {
        key, label, measure, level, asked: `${name}/${asked}`, flags, decimals, matt: name, cell: cells(key, at),
        mark: "", digits: values[at], n: "", upper: uppers[at] || "", unit: matt ? matt[2] : "",
      }
      if (/^[a-z]$/.test(own.digits)) {
        const [code, mark] = data.marken[own.digits]
        return new Line({ ...own, mark, flags: flags & ~(COPIED | BASED | COVERED) }, () => ({ ...shared, matt: name, lucka: code }))
      }
      if (flags & BASED) own.n = bases.next().value
      const when = times[now], cover = flags & COVERED ? { tackning: Number(covered.next().value) } : {}
      return new Line(own, line => {
        const traits = { ...shared, matt: name, ...data.drag[drawn], ...when, ...cover }
        if (traits.tid === "lage") delete traits.manad
        for (const [name, rows] of marked) if (rows.has(at)) traits[name] = true
        return valued(line, traits, lines, shared.rapport, told, data)
      })
    })
    return lines
  }

  /* The cell of a key: the same, but for surveys, whose names have their year. */
  function names(runs) {
    return (key, at) => {
      const run = runs.find(one => one[0] <= at && at < one[1])
      return run ? [run[2], ...key.split(".").slice(2)].join(".") : key
    }
  }

  function time([first, last, period]) {
    const days = (Date.parse(last) - Date.parse(first)) / 86400000 + 1
    return { period, start: first, slut: last, dagar: days, manad: Number(first.slice(5, 7)) }
  }

  function valued(line, traits, lines, report, told, data) {
    const parted = line.digits === "" || line.digits.startsWith("/")
    if (parted) {
      lines.byKey ??= new Map(lines.map(one => [one.key, one]))
      line.part = line.digits ? line.digits.slice(1) : lines.byKey.get(line.key.slice(0, -".andel".length)).digits
      const n = BigInt(line.n)
      const nine = (200n * 1000000000n * BigInt(line.part) + n) / (2n * n)
      const told = nine.toString().padStart(10, "0")
      line.digits = `${told.slice(0, -9)}.${told.slice(-9)}`.replace(/\.?0+$/, "")
    }
    traits.varde = Number(line.digits)
    if (line.n) traits.n = Number(line.n)
    const based = traits.slag === "andel" && line.n
    traits.decimaler = Math.min(based ? (traits.n < 100 ? 0 : 1) : line.decimals, 2)
    if (line.cell in told) {
      const before = data.rapporter[report].fore
      if (before) traits.forra = before
      traits.forra_varde = Number(told[line.cell])
    }
    return traits
  }

  /* A figure as it stands in a table. */
  function shown(line, units) {
    if (!line) return "redovisas inte"
    if (line.mark) return line.mark
    const isShare = line.traits.slag === "andel"
    if (isShare && !(line.flags & CHANGE) && line.n && line.traits.n > 0) {
      return share(line.part || whole(line), line.n)
    }
    const hedge = line.traits.hed ? line.traits.hed + NBSP : ""
    const upper = line.upper ? `–${number(line.upper, line.decimals)}` : ""
    const text = `${hedge}${number(line.digits, line.decimals)}${upper}`
    if (isShare) return `${text}${NBSP}%`
    const [one, many] = units[line.unit] || [line.unit, line.unit]
    const word = line.traits.varde === 1 && !hedge ? one : many
    return word ? `${text}${NBSP}${word}` : text
  }

  /* How many of its base a share is. */
  function whole(line) {
    const exact = BigInt(fixed(line.digits, 9).replace(".", "")) * BigInt(line.n.replace(".", ""))
    const over = 10n ** BigInt(11 + precision(line.n))
    return ((2n * exact + over) / (2n * over)).toString()
  }

  /* ── The table of conditions (compare/rules.py) ──────────────────────────────────── */

  const trait = (side, name) => side[name] ?? ""
  const size = (side, name) => { const found = trait(side, name); return typeof found === "string" ? 0 : Number(found) }

  /* What is wanted of a value, made a question of it. */
  function meets(wanted) {
    if (Array.isArray(wanted)) return value => wanted.includes(value)
    if (wanted === null || typeof wanted !== "object") return value => value === wanted
    const bounds = Object.entries(wanted).map(([name, bound]) => BOUNDS[name](bound))
    return value => bounds.every(within => within(value))
  }

  const BOUNDS = {
    finns: bound => value => (value !== "") === bound,
    under: bound => value => typeof value === "number" && value < bound,
    minst: bound => value => typeof value === "number" && value >= bound,
  }

  function like(wanted) {
    const tests = Object.entries(wanted).map(([name, value]) => [name, meets(value)])
    return side => tests.every(([name, test]) => test(trait(side, name)))
  }

  const eitherWay = test => (a, b) => test(a, b) || test(b, a)

  const OPERATORS = {
    olika: names => (a, b) => names.some(name => trait(a, name) !== trait(b, name)),
    lika: names => (a, b) => names.every(name => trait(a, name) === trait(b, name)),
    nagon: wanted => { const test = like(wanted); return (a, b) => test(a) || test(b) },
    alla: wanted => { const test = like(wanted); return (a, b) => test(a) && test(b) },
    ingen: wanted => { const test = like(wanted); return (a, b) => !test(a) && !test(b) },
    skiljer: sizes => {
      const parts = Object.entries(sizes)
      return (a, b) => parts.every(([name, part]) => {
        const one = trait(a, name), other = trait(b, name)
        if (typeof one === "string" || typeof other === "string") return false
        return Math.abs(one - other) > part * Math.max(Math.abs(one), Math.abs(other))
      })
    },
    overlappar: ([start, end]) => (a, b) => {
      const one = trait(a, start), other = trait(a, end), first = trait(b, start), last = trait(b, end)
      return Boolean(one && first) && !(one === first && other === last) && one <= last && first <= other
    },
    forfader: name => (a, b) => {
      const one = trait(a, name), other = trait(b, name)
      return Boolean(one && other) && (other.startsWith(`${one}.`) || one.startsWith(`${other}.`))
    },
    motsager: ([report, value, before, told]) => eitherWay((earlier, later) =>
      trait(later, before) !== "" && trait(later, before) === trait(earlier, report)
      && trait(later, told) !== "" && trait(later, told) !== trait(earlier, value)),
    ingar: ([one, several]) => eitherWay((before, after) =>
      trait(before, one) !== "" && String(trait(after, several)).split("+").includes(trait(before, one))),
    inte: condition => { const test = question(condition); return (a, b) => !test(a, b) },
  }

  /* A condition made a question of two figures. */
  function question(condition) {
    const tests = Object.entries(condition).map(([name, argument]) => OPERATORS[name](argument))
    return tests.length === 1 ? tests[0] : (a, b) => tests.every(test => test(a, b))
  }

  /* Each row's question is made once: a page asks it some ten thousand times. */
  const questions = new WeakMap()

  function holds(row, a, b) {
    if (!questions.has(row)) questions.set(row, question(row.om))
    return questions.get(row)(a, b)
  }

  function met(rules, a, b) {
    const found = []
    for (const row of rules.villkor) {
      if (!holds(row, a, b)) continue
      found.push(row)
      if (row.stopp) break
    }
    return found
  }

  function word(rules, name, value) {
    if (typeof value === "number") return number(String(value))
    const words = rules.ord[name] || {}
    return listed(String(value).split("+").map(code => words[code] ?? code))
  }

  function calledBy(a, b) {
    if (trait(a, "insats") !== trait(b, "insats")) return "namn"
    const one = trait(a, "period"), other = trait(b, "period")
    const apart = trait(a, "rapport") === trait(b, "rapport") && one !== "" && other !== "" && one !== other
    return apart ? "period" : "rapportperiod"
  }

  function written(text, rules, a, b, x) {
    const sides = { a, b, x }, called = calledBy(a, b)
    return capital(text.replace(/\{([abx])(?:\.(\w+))?(?:\|([^}]*))?\}/g, (_all, which, name, otherwise) => {
      if (!name) return String(trait(sides[which], called))
      const value = trait(sides[which], name)
      return value !== "" ? word(rules, name, value) : otherwise || ""
    }))
  }

  function reason(row, rules, a, b) {
    let text = ""
    if (row.text.includes("{x")) {
      const some = [a, b].filter(like(row.om.nagon || {}))
      text = [...new Set(some.map(side => written(row.text, rules, a, b, side)))].join(" ")
    }
    return { code: row.kod, verdict: VERDICTS[row.utslag], text: text || written(row.text, rules, a, b, a) }
  }

  /* ── Chance (compare/chance.py): + − × ÷ and roots in one order, alike to the last bit ── */

  const chance = {
    counts(one, other, exposure, otherExposure) {
      const together = one + other, odds = otherExposure / exposure
      return chance.midP(other, 0, together, k => (together - k) / (k + 1) * odds)
    },

    shares(part, base, otherPart, otherBase) {
      const drawn = part + otherPart
      const ratio = k => (drawn - k) * (otherBase - k) / ((k + 1) * (base - drawn + k + 1))
      return chance.midP(otherPart, Math.max(0, drawn - base), Math.min(drawn, otherBase), ratio)
    },

    midP(seen, first, last, ratio) {
      let low = first, high = last
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        if (ratio(middle) >= 1) low = middle + 1
        else high = middle
      }
      const weights = chance.weights(low, first, last, ratio)
      const at = weights.get(seen) ?? 0
      let total = 0, rarer = 0, equal = 0
      for (const k of [...weights.keys()].sort((one, other) => one - other)) {
        const weight = weights.get(k)
        total += weight
        if (weight < at * (1 - NEARLY)) rarer += weight
        else if (weight <= at * (1 + NEARLY)) equal += weight
      }
      return (rarer + equal / 2) / total
    },

    weights(likeliest, first, last, ratio) {
      const found = new Map([[likeliest, 1]])
      let weight = 1
      for (let k = likeliest; k < last; k += 1) {
        weight *= ratio(k)
        if (weight < VANISHING) break
        found.set(k + 1, weight)
      }
      weight = 1
      for (let k = likeliest - 1; k >= first; k -= 1) {
        weight /= ratio(k)
        if (weight < VANISHING) break
        found.set(k, weight)
      }
      return found
    },

    wilson(part, n, z) {
      const spread = z * z, middle = part + spread / (2 * n)
      const reach = z * Math.sqrt(part * (1 - part) / n + spread / (4 * n * n))
      const scale = 1 + spread / n
      return [(middle - reach) / scale, (middle + reach) / scale]
    },

    newcombe(one, n, other, otherN, z) {
      const [low, high] = chance.wilson(one, n, z), [otherLow, otherHigh] = chance.wilson(other, otherN, z)
      const apart = other - one
      const down = Math.sqrt((other - otherLow) * (other - otherLow) + (high - one) * (high - one))
      const up = Math.sqrt((otherHigh - other) * (otherHigh - other) + (one - low) * (one - low))
      return [apart - down, apart + up]
    },

    holding(values, level) {
      const order = values.map((_value, at) => at).sort((one, other) => values[one] - values[other] || one - other)
      let passed = 0
      order.forEach((at, place) => { if (values[at] <= level * (place + 1) / order.length) passed = place + 1 })
      return new Set(order.slice(0, passed))
    },
  }

  /* ── The only way to a difference (compare/engine.py) ────────────────────────────── */

  /* A double as a whole number of the last decimal's size. */
  function rounded(value, decimals) {
    const found = Math.floor(Math.abs(value) * 10 ** decimals + 0.5 + NUDGE)
    return value < 0 && found ? -found : found
  }

  function signed(amount, decimals) {
    return (amount > 0 ? "+" : "") + number(scaled(amount, decimals), decimals)
  }

  function compared(a, b, rules) {
    const rows = met(rules, a.traits, b.traits)
    const reasons = rows.map(row => reason(row, rules, a.traits, b.traits))
    const verdict = [NO, RESERVED].find(one => reasons.some(found => found.verdict === one)) || YES
    const told = verdict !== NO && a.line && b.line && !a.line.mark && !b.line.mark
    const judged = rows.every(row => row.slump ?? true)
    return { verdict, reasons, difference: told ? parting(a.traits, b.traits, rules, judged) : null }
  }

  function parting(a, b, rules, judged) {
    const one = size(a, "varde"), other = size(b, "varde")
    const exact = trait(a, "exakt") && trait(b, "exakt")
    const decimals = Math[exact ? "max" : "min"](size(a, "decimaler"), size(b, "decimaler"))
    const value = rounded(other - one, decimals)
    const isShare = trait(a, "slag") === "andel"
    const why = noRelative(a, b, one, other, isShare, rules)
    const relative = why ? null : rounded(100 * (other - one) / one, 0)
    const [judgement, p] = judge(a, b, value, judged, rules)
    const [low, high] = bounds(a, b, decimals, judged, rules)
    return {
      value, decimals, text: apartText(a, b, value, decimals, rules),
      relative, relativeText: relative === null ? "" : `${signed(relative, 0)}${NBSP}%`,
      relativeReason: why ? rules.skillnad.ingen_relativ[why] : "",
      chance: judgement, chanceText: said(a, b, judgement, value, rules), p, effect: effect(one, other, isShare),
      low, high, note: noteOf(a, b, value, decimals, rules),
    }
  }

  function apartText(a, b, value, decimals, rules) {
    if (!value) return rules.skillnad.oforandrat
    const unit = trait(a, "enhet") === "procent" ? "procentenheter" : String(trait(a, "enhet"))
    const words = rules.ord[Math.abs(value) === 10 ** decimals ? "enhet_en" : "enhet"]
    const about = trait(a, "ungefar") || trait(b, "ungefar") ? `cirka${NBSP}` : ""
    const told = words[unit] ? `${NBSP}${words[unit]}` : ""
    return `${about}${signed(value, decimals)}${told}`
  }

  function noteOf(a, b, value, decimals, rules) {
    const ends = [a, b].map(side => size(side, "varde"))
    const [one, other] = [a, b].map((side, at) => {
      const places = size(side, "decimaler")
      return rounded(ends[at], places) * 10 ** (2 - places)
    })
    if (!value && ends[0] !== ends[1]) return rules.skillnad.for_liten
    return rounded((other - one) / 100, decimals) === value ? "" : rules.skillnad.oavrundat
  }

  function noRelative(a, b, one, other, isShare, rules) {
    const small = rules.granser.liten_bas
    if (isShare) return "andel"
    if (trait(a, "saldo") || trait(b, "saldo") || one < 0 || other < 0) return "tecken"
    if (one === 0) return "noll"
    if (trait(a, "slag") === "medel") {
      return [a, b].some(side => trait(side, "n") === "" || size(side, "n") < small) ? "n_saknas" : ""
    }
    return trait(a, "slag") !== "belopp" && one < small ? "liten_bas" : ""
  }

  function judge(a, b, value, judged, rules) {
    const ways = new Set([a, b].map(side => String(trait(side, "slump"))))
    for (const [way, found] of CHANCES) if (ways.has(way)) return [found, null]
    if (!judged || ways.size > 1 || ways.has("")) return [UNKNOWN, null]
    const p = ways.has("andel") ? ofShares(a, b) : ofCounts(a, b)
    return [p < rules.granser.slumpniva && value ? UNLIKELY : LIKELY, p]
  }

  function ofCounts(a, b) {
    const grows = trait(a, "vaxer") && trait(b, "vaxer")
    const [days, otherDays] = [a, b].map(side => grows ? size(side, "dagar") : 1)
    const [one, other] = [a, b].map(side => Math.trunc(size(side, "varde")))
    return one + other ? chance.counts(one, other, days, otherDays) : 1
  }

  function partsOf(side) {
    const base = Math.floor(size(side, "n") + 0.5)
    return [Math.min(base, Math.floor(size(side, "varde") * base / 100 + 0.5)), base]
  }

  const ofShares = (a, b) => chance.shares(...partsOf(a), ...partsOf(b))

  function bounds(a, b, decimals, judged, rules) {
    if ([a, b].some(side => trait(side, "slump") !== "andel") || !judged) return [null, null]
    const [one, other] = [a, b].map(side => size(side, "varde") / 100)
    const ends = chance.newcombe(one, size(a, "n"), other, size(b, "n"), rules.granser.z)
    return ends.map(end => rounded(100 * end, decimals))
  }

  function said(a, b, judgement, value, rules) {
    const words = rules.skillnad.slump
    if (!value) return words.lika
    if (judgement === NONE) return words.nej
    if (judgement === LIKELY) return words.trolig
    if (judgement === UNLIKELY) {
      if (trait(a, "insats") !== trait(b, "insats")) return words.skillnad
      return value > 0 ? words.okning : words.minskning
    }
    return [a, b].some(side => trait(side, "slump") === "medel") ? words.medel : words.okand
  }

  function effect(one, other, isShare) {
    if (isShare) return Math.abs(other - one) / 100
    const sizes = Math.abs(one) + Math.abs(other)
    return sizes ? Math.abs(other - one) / sizes : 0
  }

  /* ── Row by row (compare/pairs.py) ───────────────────────────────────────────────── */

  /* A sentence of the table with its places filled: words, and the figures within them. */
  function sentence(rules, group, name, places = {}) {
    const found = []
    rules.meningar[group][name].split(/\{(\w+)\}/).forEach((piece, at) => {
      for (const one of [at % 2 ? places[piece] : piece].flat()) {
        if (typeof one === "string" && typeof found.at(-1) === "string") found.push(found.pop() + one)
        else if (one !== "") found.push(one)
      }
    })
    return found
  }

  const saying = (rules, group, name, places) => sentence(rules, group, name, places).join("")

  function pair(facts, first, second) {
    const a = facts.report(first), b = facts.report(second)
    const bands = bandsOf(facts, a, b)
    const rows = bands.flatMap(band => band.rows)
    const counts = { [YES]: 0, [RESERVED]: 0, [NO]: 0 }
    for (const row of rows) counts[row.verdict] += 1
    return { a, b, bands, rows, counts, notes: remarks(facts.rules, a, b), highlights: highlights(facts, rows, a, b) }
  }

  function remarks(rules, a, b) {
    const found = []
    if (a.id === b.id) found.push(saying(rules, "par", "samma"))
    if (a.head.m !== b.head.m) found.push(saying(rules, "par", "mallar"))
    for (const one of [a, b]) if (!one.head.t) found.push(saying(rules, "par", "utan_text", { rapport: one.shared.namn }))
    return found
  }

  function aligned(facts, a, b) {
    const last = facts.data.matt.length
    const keys = [...new Set([...a.by.keys(), ...b.by.keys()])]
    const place = new Map(keys.map(key => {
      const found = (a.by.get(key) || b.by.get(key)).measure
      return [key, found < 0 ? last : found]
    }))
    const sorted = keys.sort((one, other) => place.get(one) - place.get(other))
    return joined(sorted.map(key => ({ key, one: a.by.get(key), other: b.by.get(key) })))
  }

  /* What is left over on both sides of one figure, told of different persons or at different times, as a row:
     where there is exactly one on each side. */
  function joined(found) {
    const left = new Map()
    for (const row of found) {
      if (row.one && row.other) continue
      const stem = row.key.replace(/@[^.@]+/g, "")
      if (!left.has(stem)) left.set(stem, [[], []])
      left.get(stem)[row.one ? 0 : 1].push(row)
    }
    const gone = new Set()
    for (const [own, others] of left.values()) {
      if (own.length !== 1 || others.length !== 1) continue
      own[0].other = others[0].other
      gone.add(others[0])
    }
    return found.filter(row => !gone.has(row))
  }

  function bandsOf(facts, a, b) {
    const whole = [a, b].map(one => new Set(one.lines.map(line => line.asked)))
    const found = aligned(facts, a, b)
    const row = one => rowOf(one, facts, a, b, whole)
    if (a.head.m !== b.head.m) {
      const common = found.filter(({ one, other }) => one && other)
      return common.length ? [{ number: null, title: saying(facts.rules, "par", "gemensamt"), rows: common.map(row) }] : []
    }
    const template = facts.data.mallar[b.head.m] || { avsnitt: [], hem: [] }
    const grouped = new Map([...template.avsnitt, [null, saying(facts.rules, "par", "ovrigt")]].map(([number, title]) => [number, { number, title, rows: [] }]))
    for (const sides of found) {
      const home = template.hem[(sides.one || sides.other).measure]
      const band = grouped.get(grouped.has(home) ? home : null)
      band.rows.push(row(sides))
    }
    return [...grouped.values()].filter(band => band.rows.length)
  }

  /* What B calls a figure; where the sides tell of different persons, the name that says least of whom. */
  function labelOf(one, other) {
    if (!one || !other) return (one || other).label
    return one.key !== other.key && one.label.length < other.label.length ? one.label : other.label
  }

  function rowOf({ key, one, other }, facts, a, b, asked) {
    const either = one || other, units = facts.data.enheter
    const sides = [[a, one], [b, other]].map(([report, line]) => ({
      line: line || null, traits: line ? line.traits : { ...report.shared, matt: either.matt, lucka: "finns_ej" },
    }))
    const presence = one && other ? "båda" : one ? "bara A" : "bara B"
    return {
      key, measure: either.matt, at: either.measure, label: labelOf(one, other), level: either.level, a: one, b: other,
      shown: [shown(one, units), shown(other, units)], presence, presenceText: presenceText(either, presence, a, b, asked, facts.rules),
      corrections: corrections(a, b, [one ? one.cell : key, other ? other.cell : key]),
      told: toldBefore(key, one, a, b, either, units), ...compared(sides[0], sides[1], facts.rules),
    }
  }

  function presenceText(line, presence, a, b, asked, rules) {
    if (presence === "båda" || line.mark) return ""
    if (asked[presence === "bara B" ? 0 : 1].has(line.asked)) return saying(rules, "par", "pa_annat_satt")
    if (a.head.i === b.head.i) return saying(rules, "par", presence === (later(a, b) ? "bara B" : "bara A") ? "nytt" : "borta")
    return saying(rules, "par", "bara", { rapport: (presence === "bara B" ? b : a).shared.namn })
  }

  /* Whether B tells of a later time than A. */
  const later = (a, b) => b.head.d[0] >= a.head.d[0]

  function corrections(a, b, cells) {
    const own = (report, at) => (report.head.r || []).filter(one =>
      one[0] === cells[at] || (a.id === b.id && one[0] === cells[1])).map(one => [...one, report.id])
    return a.id === b.id ? own(a, 0) : [...own(a, 0), ...own(b, 1)]
  }

  function toldBefore(key, one, a, b, line, units) {
    const told = b.told[key]
    if (told === undefined || b.head.fore !== a.id) return ""
    if (one && !one.mark && one.traits.varde === Number(told)) return ""
    const isShare = one && one.traits && one.traits.slag === "andel"
    const [single, many] = isShare ? ["%", "%"] : units[line.unit] || ["", ""]
    const unit = told === "1" ? single : many
    return unit ? `${number(told)}${NBSP}${unit}` : number(told)
  }

  /* ── Det viktigaste (compare/highlights.py) ──────────────────────────────────────── */

  const isWhole = line => !(line.flags & (CATEGORY | GROUP | SHARE))
  const depth = row => {
    const line = row.a || row.b
    return line.flags & SERIES ? 2 : isWhole(line) ? 0 : 1
  }

  function highlights(facts, rows, a, b) {
    if (a.id === b.id) return [{ kind: "lika", parts: sentence(facts.rules, "viktigast", "lika") }]
    const found = new Weighed(facts, rows, a, b)
    const { andringar } = facts.rules.viktigast
    const hogst = facts.rules.viktigast.hogst - (a.head.t && b.head.t ? 1 : 0)  // where texts have a line too
    const others = [...found.definitions(), ...found.appeared(), ...found.disappeared(), ...found.corrected()]
    const closing = found.closing()
    const told = found.changes().slice(0, Math.max(andringar, hogst - closing.length - others.length))
    if (!told.length && found.apart.length) {
      told.push({ kind: "ingen", parts: sentence(facts.rules, "viktigast", "ingen") })
    }
    return [...[...told, ...others].slice(0, hogst - closing.length), ...closing]
  }

  const SIDES = ["bara A", "bara B"]

  class Weighed {
    constructor(facts, rows, a, b) {
      Object.assign(this, { facts, rows, a, b, rules: facts.rules, table: facts.rules.viktigast })
      const called = calledBy(a.shared, b.shared)
      this.names = [a.shared[called], b.shared[called]]
      this.keys = new Set(rows.map(row => row.key))
      this.apart = rows.filter(row => row.difference && !(row.b && row.b.flags & COPIED) && !this.twin(row))
      const tested = this.apart.filter(row => row.difference.p !== null)
      const level = this.rules.granser.slumpniva
      const holding = chance.holding(tested.map(row => row.difference.p), level)
      this.holding = new Set(tested.filter((_row, at) => holding.has(at)).map(row => row.key))
      this.starts = Object.keys(this.table.vikter)
    }

    twin(row) {
      if (!row.b) return false
      const { flags } = row.b
      if (flags & SHARE) return !(flags & CATEGORY) && this.keys.has(row.key.replace(/\.andel$/, ""))
      return Boolean(flags & CATEGORY) && this.keys.has(`${row.key}.andel`)
    }

    changes() {
      const weighed = this.apart
        .map((row, at) => ({ row, at, weight: this.weight(row) }))
        .sort((one, other) => other.weight - one.weight || one.at - other.at)
      const measures = new Set(), found = []
      for (const { row, weight } of weighed) {
        if (weight < this.table.golv || measures.has(row.measure) || !this.meant(row)) continue
        measures.add(row.measure)
        found.push(this.changed(row))
      }
      return found
    }

    meant({ key, difference, a, b }) {
      if (!difference.value) return false
      if (difference.chance === NONE) {
        return difference.effect * 2 >= this.rules.granser.vasentlig && !this.trifle([a, b].filter(isNumber))
      }
      return difference.chance === UNLIKELY && this.holding.has(key)
    }

    trifle(sides) {
      const few = side => side.traits.slag === "antal" && side.traits.varde < this.rules.granser.liten_bas
      return sides.length > 0 && sides.every(few)
    }

    importance(row) {
      const matt = this.facts.data.matt[row.at]
      const begins = this.starts.filter(one => `${row.measure}.`.startsWith(`${one}.`))
      const longest = begins.reduce((best, one) => one.length > best.length ? one : best, "")
      const weight = begins.length ? this.table.vikter[longest] : matt && matt[3] ? this.table.nyckeltal : 1
      const { flags } = row.b || row.a
      if (flags & SUM) return weight
      if (flags & CATEGORY && matt && matt[4]) return 0
      return flags & (CATEGORY | GROUP) ? weight / 2 : weight
    }

    weight(row) {
      const { p, effect: large } = row.difference
      return this.importance(row) * (p === null ? 1 : 1 - p) * large
    }

    changed(row) {
      const { difference } = row
      const chanceSaid = difference.chance === UNLIKELY ? ` ${difference.chanceText}` : ""
      return { kind: "andring", parts: this.said("andring", {
        namn: row.label, b: this.bound(this.b, row.b, row.shown[1]), rapport: this.names[0],
        a: this.bound(this.a, row.a, row.shown[0]), skillnad: difference.text, slump: chanceSaid,
        forbehall: row.verdict === RESERVED ? ` ${this.said("forbehall").join("")}` : "",
      }) }
    }

    said(name, places) {
      return sentence(this.rules, "viktigast", name, places)
    }

    bound(report, line, text) {
      return line && !line.mark ? { text, report: report.id, cell: line.cell } : text
    }

    definitions() {
      const told = new Set(), found = []
      for (const row of this.rows) {
        const matt = this.facts.data.matt[row.at]
        for (const one of row.reasons.filter(reason => reason.verdict === NO)) {
          if (one.code === "J22" && !told.has(one.text)) {
            told.add(one.text)
            found.push({ kind: "definition", parts: [one.text] })
          } else if (one.code === "J09" && matt && !told.has(matt[0])) {
            told.add(matt[0])
            found.push({ kind: "definition", parts: this.counted(matt, one.text) })
          }
        }
      }
      return found
    }

    counted(matt, otherwise) {
      const at = day => matt[5].filter(one => one[0] <= day).at(-1) || matt[5][0]
      const [first, last] = [this.a.head.d[0], this.b.head.d[0]].sort()
      const now = at(last)
      if (!now || now === at(first)) return this.said("annat_satt", { namn: matt[1], skal: otherwise })
      return this.said("nytt_satt", { namn: matt[1], dag: now[1], definition: now[2] })
    }

    appeared() {
      return this.listed("ny", "nytt", Number(later(this.a, this.b)))
    }

    disappeared() {
      return this.listed("borta", "borta", Number(!later(this.a, this.b)))
    }

    listed(kind, named, side) {
      if (this.a.head.i !== this.b.head.i) return []
      const once = new Map(), said = saying(this.rules, "par", named)
      for (const row of [...this.rows].sort((one, other) => depth(one) - depth(other))) {
        const fresh = row.presence === SIDES[side] && row.presenceText === said
        if (!fresh || this.importance(row) <= 0 || depth(row) > 1) continue
        const name = row.measure === "enkat" ? row.key.split(".").slice(0, 3).join(".") : row.measure
        if (!once.has(name)) once.set(name, row)
      }
      if (!once.size) return []
      const most = this.table.uppraknade, report = side ? this.b : this.a
      const uppgifter = [...once.values()].slice(0, most).flatMap((row, place) => [
        ...(place ? this.said("mellan") : []),
        ...this.said("uppgift", { namn: row.label, tal: this.bound(report, side ? row.b : row.a, row.shown[side]) }),
      ])
      const more = once.size - most, antal = number(String(more)), rapport = this.names[Number(later(this.a, this.b))]
      return [{ kind, parts: this.said(more > 0 ? `${named}_fler` : named, { rapport, uppgifter, antal }) }]
    }

    corrected() {
      return this.rows.flatMap(row => row.corrections.filter(one => one[2] && one[3]).map(one => (
        { kind: "rattad", parts: this.said("rattat", { dag: one[5], namn: row.label, fore: one[2], efter: one[3] }) }
      )))
    }

    closing() {
      const changed = this.apart.filter(row => row.difference.value)
      const small = changed.filter(row => row.difference.p !== null && !this.holding.has(row.key)).length
      const unknown = changed.filter(row => row.difference.chance === UNKNOWN).length
      const said = [[small, "liten", "sma"], [unknown, "okand", "okanda"]].filter(([count]) => count)
        .map(([count, one, several]) => this.said(count === 1 ? one : several, { antal: number(String(count)) }).join(""))
      return said.length ? [{ kind: "slump", parts: [said.join(" ")] }] : []
    }
  }

  const titleOf = band => band.number ? `${band.number}. ${band.title}` : band.title

  /* ── Markup: every text put into it is escaped, and only what is made here is not ────── */

  class Html {
    constructor(text) { this.text = text }
    toString() { return this.text }
  }

  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" }
  const escaped = text => /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, sign => SIGNS[sign]) : text

  function piece(one) {
    if (one instanceof Html) return one.text
    if (Array.isArray(one)) return one.map(piece).join("")
    return one === null || one === undefined || one === false ? "" : escaped(String(one))
  }

  function html(texts, ...places) {
    let told = texts[0]
    for (let at = 0; at < places.length; at += 1) told += piece(places[at]) + texts[at + 1]
    return new Html(told)
  }

  const NO_HTML = new Html("")

  /* ── The long run (compare/runs.py): one figure through the years of an insats ──────── */

  const isNumber = line => Boolean(line) && !line.mark

  function refused(rules, a, b) {
    for (const row of rules.villkor) {
      if (!holds(row, a, b)) continue
      if (row.utslag === "nej") return true
      if (row.stopp) return false
    }
    return false
  }

  /* The years of an insats whose figures are at hand, the oldest first. */
  function yearsOf(facts, team) {
    const ids = Object.keys(facts.data.rapporter).filter(id => facts.head(id).i === team && facts.figures[id])
    const when = id => [...facts.head(id).d, id].join(" ")
    return ids.sort((one, other) => when(one) < when(other) ? -1 : 1).map(id => facts.report(id))
  }

  /* A figure that is missing or a word is never compared: a line stops before it and after it. */
  function runOf(key, years, rules) {
    let before = null
    return years.map((report, at) => {
      const line = report.by.get(key)
      const told = isNumber(before) && isNumber(line)
      const broken = at > 0 && (!told || refused(rules, before.traits, line.traits))
      before = line
      return { report, line, broken }
    })
  }

  /* ── Small drawings beside the figures (pages/compare/marks.py) ──────────────────────── */

  const WIDTH = 120, EDGE = 7, LINE = 34

  /* A tenth of a pixel, rounded alike here and in the build. */
  const tenth = value => Math.floor(value * 10 + 0.5 + NUDGE) / 10
  const valueOf = line => line.traits.varde

  function endsOf(values) {
    const low = Math.min(0, ...values), high = Math.max(0, ...values)
    return [low, high > low ? high : low + 1]
  }

  const partOf = (value, ends) => (value - ends[0]) / (ends[1] - ends[0])
  const across = (value, ends) => tenth(EDGE + partOf(value, ends) * (WIDTH - 2 * EDGE))
  const down = (value, ends) => tenth(LINE - 5 - partOf(value, ends) * (LINE - 10))
  const column = (at, count) => tenth(EDGE + at * (WIDTH - 2 * EDGE) / Math.max(1, count - 1))

  function dumbbell(a, b, shared) {
    if (!isNumber(a) || !isNumber(b)) return NO_HTML
    const [one, other] = [valueOf(a), valueOf(b)]
    const isShare = a.traits.slag === "andel" && one <= 100 && other <= 100
    const ends = shared || endsOf([one, other, ...(isShare ? [100] : [])])
    const first = across(one, ends), second = across(other, ends)
    return html`<svg class="sr-vag" viewBox="0 0 120 14" aria-hidden="true"><path d="M7 7H113"/><path class="sr-vag-mellan" d="M${first} 7H${second}"/><circle class="sr-a" cx="${first}" cy="7" r="4.5"/><circle class="sr-b" cx="${second}" cy="7" r="3.2"/></svg>`
  }

  const valuesOf = steps => steps.filter(step => isNumber(step.line)).map(step => valueOf(step.line))

  /* All years of a figure, A as a ring and B as a disc; hatched where two years cannot be compared. */
  function spark(steps, ids, units, called = "", shared = null) {
    const values = valuesOf(steps)
    if (values.length < 2) return NO_HTML
    const ends = shared || endsOf(values), count = steps.length
    const spots = steps.map(({ line }, at) => isNumber(line) ? `${column(at, count)} ${down(valueOf(line), ends)}` : "")
    const lines = stretches(steps).filter(one => one.length > 1)
      .map(one => html`<path class="sr-linje" d="M${one.map(at => spots[at]).join("L")}"/>`)
    const [first, last] = [steps[0], steps.at(-1)].map(step => step.report.head.p)
    const span = html`<span class="sr-serie-ar" aria-hidden="true"><span>${first}</span> <span>${last}</span></span>`
    return html`<svg class="sr-serie" viewBox="0 0 120 34" role="img"><title>${called}${toldOf(steps, units)}</title>${breaks(steps)}${lines}${points(steps, spots, ids)}</svg>${span}`
  }

  const parted = (before, after) => after.broken && isNumber(before.line) && isNumber(after.line)
  const apartAt = steps => steps.flatMap((_step, at) => at && parted(steps[at - 1], steps[at]) ? [at] : [])

  /* The drawing in words: every year with its value, and where the years part. */
  function toldOf(steps, units) {
    const years = steps.map(step => `${step.report.head.p}: ${shown(step.line, units)}`).join(", ")
    const gaps = apartAt(steps).map(at =>
      ` Går inte att jämföra: ${steps[at - 1].report.head.p} och ${steps[at].report.head.p}.`)
    return `${years}.${gaps.join("")}`
  }

  function stretches(steps) {
    const found = []
    let open = false
    steps.forEach((step, at) => {
      if (step.broken) open = false
      if (!isNumber(step.line)) { open = false; return }
      if (open) found.at(-1).push(at)
      else found.push([at])
      open = true
    })
    return found
  }

  function breaks(steps) {
    return apartAt(steps).map(at => {
      const middle = tenth((column(at - 1, steps.length) + column(at, steps.length)) / 2)
      const slants = [-5, 0, 5].map(x => `M${tenth(middle + x - 3)} 31L${tenth(middle + x + 3)} 3`).join("")
      return html`<path class="sr-glapp" d="${slants}"/>`
    })
  }

  function points(steps, spots, ids) {
    const years = steps.map((step, at) => spots[at] && !ids.includes(step.report.id) ? `M${spots[at]}h0` : "").join("")
    const drawn = [years ? html`<path class="sr-ar" d="${years}"/>` : NO_HTML]
    for (const [name, id, size] of [["a", ids[0], "4"], ["b", ids[1], "3.4"]]) {
      steps.forEach((step, at) => {
        if (step.report.id !== id || !spots[at]) return
        const [x, y] = spots[at].split(" ")
        drawn.push(html`<circle class="sr-${name}" cx="${x}" cy="${y}" r="${size}"/>`)
      })
    }
    return drawn
  }

  /* ── The figures as tables (pages/compare/rows.py) ───────────────────────────────────── */

  const CLASSES = { [YES]: "ja", [RESERVED]: "forbehall", [NO]: "nej" }
  const WORDS = { [YES]: "Kan jämföras", [RESERVED]: "Förbehåll", [NO]: "Kan inte jämföras" }
  const BY_SEX = "Uppdelat på kön"
  const anchor = text => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "")

  /* The anchor of each row by its key, no two alike. */
  function anchors(rows) {
    const given = new Map(), taken = new Map()
    for (const { key } of rows) {
      const name = `rad-${anchor(key)}`, count = (taken.get(name) || 0) + 1
      taken.set(name, count)
      given.set(key, count > 1 ? `${name}--${count}` : name)
    }
    return given
  }

  /* What a row is a part of: nothing where it is a whole figure. */
  /* Whether a row is only what the parts of a distribution add up to. */
  const isSum = row => Boolean((row.a || row.b).flags & ADDED)

  function family({ a, b, key, measure }) {
    const { flags, asked } = b || a, sum = isSum({ a, b })
    if (measure.startsWith("enkat") && (flags & (CATEGORY | GROUP) || sum)) return key.split(".").slice(0, 3).join(".")
    if (flags & CATEGORY || sum) return `${measure}@${asked.split("/")[1]}`
    if (flags & SERIES) return `${measure}@serie`
    return flags & GROUP ? BY_SEX : ""
  }

  /* The words that all labels of a table share, in their order: they name the table. */
  function common(labels) {
    const [first, ...others] = labels.map(label => label.split(", "))
    return first.filter(word => others.every(other => other.includes(word)))
  }

  function short(row, words) {
    if (!words.length) return row.label
    const own = row.label.split(", ").filter(word => !words.includes(word))
    return capital([...isSum(row) ? ["Totalt"] : [], ...own].join(", ") || "Totalt")
  }

  /* What the tables of two reports need besides their rows. */
  class Named {
    constructor(facts, found) {
      const same = found.a.head.i === found.b.head.i
      const years = [...new Set([found.a.head.i, found.b.head.i])].map(team => yearsOf(facts, team))
      Object.assign(this, { facts, found, same, anchors: anchors(found.rows), runs: new Map() })
      this.ids = [found.a.id, found.b.id]
      this.names = same ? [found.a.head.p, found.b.head.p] : [found.a.shared.namn, found.b.shared.namn]
      this.years = years.filter(own => own.length >= (same ? 3 : 2))
    }

    /* `Samverkansteam Ekvik 2022 mot 2023`. */
    get title() {
      return `${this.found.a.shared.namn} mot ${this.names[1]}`
    }

    /* The years of a row in each insats that has a series of them. */
    series(row) {
      if (!this.runs.has(row.key)) this.runs.set(row.key, this.years.map(own => runOf(row.key, own, this.facts.rules)))
      return this.runs.get(row.key)
    }
  }

  /* The whole figures of a section, if it has any, and then a table for each that is told in parts. */
  function tables(rows, name, caption, named) {
    const whole = new Set(), parts = new Map()
    for (const row of rows) {
      const home = family(row)
      if (!home) whole.add(row)
      else if (parts.has(home)) parts.get(home).push(row)
      else parts.set(home, [row])
    }
    const kept = [...parts].filter(([, own]) => own.length > 1 || !whole.add(own[0]))
    const found = whole.size ? [tableOf(name, caption, rows.filter(row => whole.has(row)), [], named)] : []
    kept.forEach(([home, own], at) => {
      const words = home === BY_SEX ? [] : common(own.map(row => row.label))
      found.push(tableOf(`${name}-${at + 1}`, words.join(", ") || home, own, words, named))
    })
    return found
  }

  function tableOf(id, caption, rows, words, named) {
    const signs = signsOf(rows), measures = new Set(rows.map(row => row.measure))
    return {
      id, caption, source: rows,
      rows: rows.map(row => cellsOf(row, words, signs, named)),
      footnotes: [...signs].map(([text, sign]) => ({ sign, text, anchor: `not-${id}-${sign}` })),
      href: words.length && measures.size === 1 ? wayTo(rows[0], named) : "", said: saidOf(rows),
    }
  }

  const wayTo = (row, named) => named.facts.data.matt[row.at]?.[6] ?? ""

  /* `12 rader, 3 med förbehåll`, in the order of the verdicts. */
  function saidOf(rows) {
    const count = verdict => rows.filter(row => row.verdict === verdict).length
    const told = [`${rows.length} rader`]
    if (count(RESERVED)) told.push(`${count(RESERVED)} med förbehåll`)
    if (count(NO)) told.push(`${count(NO)} kan inte jämföras`)
    return told.join(", ")
  }

  const LETTERS = "abcdefghijklmnopqrstuvwxyz"
  const sign = place => (place >= LETTERS.length ? sign(Math.floor(place / LETTERS.length) - 1) : "") + LETTERS[place % LETTERS.length]

  /* A letter for each text that stands below the table: what several rows share, and why no percent. */
  function signsOf(rows) {
    const counts = new Map(), wanted = new Set(), own = rows.map(notesOf)
    for (const text of own.flat()) counts.set(text, (counts.get(text) || 0) + 1)
    rows.forEach(({ difference }, at) => {
      if (difference && !difference.relativeText) wanted.add(difference.relativeReason)
      for (const text of own[at]) if (counts.get(text) > 1) wanted.add(text)
    })
    return new Map([...wanted].map((text, at) => [text, sign(at)]))
  }

  const whyOf = row => row.reasons.filter(one => one.verdict === row.verdict)

  /* What a reader must know of a row: why it cannot be compared, or with what in mind. */
  function notesOf(row) {
    const told = whyOf(row).map(one => one.text).join(" ")
    return [told, row.difference ? row.difference.note : ""].filter(Boolean)
  }

  function cellsOf(row, words, signs, named) {
    const { difference, verdict } = row, told = notesOf(row)
    return {
      anchor: named.anchors.get(row.key), key: row.key, label: short(row, words), level: row.level,
      href: words.length ? "" : wayTo(row, named), verdict: CLASSES[verdict],
      a: sideOf(row, 0, named), b: sideOf(row, 1, named),
      difference: difference ? difference.text : "", way: wayOf(difference),
      percent: difference ? difference.relativeText : "",
      percentSign: difference && signs.get(difference.relativeReason) || "",
      get drawing() { return drawing(row, named) },
      word: row.reasons.length ? WORDS[verdict] : !difference ? WORDS[YES] : difference.value ? capital(difference.chance) : "",
      note: told.filter(text => !signs.has(text)).join(" "),
      noteSigns: told.filter(text => signs.has(text)).map(text => signs.get(text)),
      presence: row.presenceText,
    }
  }

  /* Whether a difference goes up or down and is more than chance: only such ones are marked. */
  function wayOf(difference) {
    if (!difference || !difference.value || ![UNLIKELY, NONE].includes(difference.chance)) return ""
    return difference.value > 0 ? "sr-upp" : "sr-ned"
  }

  /* A figure as its report shows it, with what it was before a correction and what the other says of it. */
  function sideOf(row, side, named) {
    const line = side ? row.b : row.a
    const about = one => line && one[2] && one[0] === line.cell && one.at(-1) === named.ids[side]
    const before = row.corrections.filter(about).map(one =>
      html`<del><span class="sr-dold">publicerades först som </span>${one[2]}</del> <span class="sr-dold">rättat till </span>`)
    const value = isNumber(line) ? row.shown[side] : html`<span class="sr-mark">${row.shown[side]}</span>`
    const later = side || !row.told ? "" : html`<span class="sr-under">${row.told} enligt rapporten för ${named.names[1]}</span>`
    return html`${before}${value}${later}`
  }

  /* All years and the way from A to B. `shared` is a scale for all drawings of a table with one unit. */
  function drawing(row, named, shared = null) {
    const dots = row.verdict === NO ? NO_HTML : dumbbell(row.a, row.b, shared)
    const runs = named.series(row), units = named.facts.data.enheter
    const together = row.verdict === NO || runs.length < 2 ? null : endsOf(runs.flatMap(valuesOf))
    const lines = runs.map(steps =>
      spark(steps, named.ids, units, named.same ? "" : `${named.facts.team(steps[0].report.id)[0]}. `, shared || together))
    return html`${lines}${dots}`
  }

  const unitOf = row => (isNumber(row.b) ? row.b : isNumber(row.a) ? row.a : { traits: {} }).traits.enhet || ""

  /* For each unit of a table the ends between which all its drawings lie on one scale. */
  function scales(table, named) {
    const found = new Map()
    for (const row of table.source) {
      const own = [row.a, row.b].filter(isNumber).map(valueOf), unit = unitOf(row)
      found.set(unit, [...(found.get(unit) || []), ...own, ...named.series(row).flatMap(valuesOf)])
    }
    return new Map([...found].filter(([, values]) => values.length).map(([unit, values]) => [unit, endsOf(values)]))
  }

  /* A table's drawings by the anchors of their rows, and what is said of the scale they share. */
  function drawn(table, named, together) {
    const ends = together ? scales(table, named) : new Map()
    const drawings = table.source.map(row => [named.anchors.get(row.key), drawing(row, named, ends.get(unitOf(row)))])
    const told = [...ends].map(([unit, [low, high]]) => {
      const [from, to] = [low, high].map(end => number(scaled(rounded(end, 1), 1).replace(/\.0$/, "")))
      return `${unit === "procent" ? unit : named.facts.rules.ord.enhet[unit] || "utan enhet"} från ${from} till ${to}`
    })
    return { drawings, said: told.length ? `Bilderna har gemensam skala: ${told.join("; ")}.` : "" }
  }

  /* ── A table to save, as exports/ has it (pairs.py, tables.py and csv.py) ────────────── */

  const SHOWN = /^([\u2212+]?\d{1,3}(?:\u00a0\d{3})*(?:,\d+)?)(?:\u00a0([^\d()]+?))?(?: \(([^()]+)\))?$/
  const DANGEROUS = /^[=+\-@\t\r]/

  const spaced = text => text.replaceAll(NBSP, " ")
  const textOf = text => spaced(text).replace(DANGEROUS, "'$&")

  /* A shown figure as a number where it is one, read from what is shown. */
  function valueOfShown(told) {
    const found = SHOWN.exec(told)
    return found ? found[1].replaceAll(NBSP, "").replace(MINUS, "-").replace("+", "") : textOf(told)
  }

  const baseOf = told => textOf(SHOWN.exec(told)?.[3] || "")

  /* The unit of the first of some shown figures that has one, in plural. */
  function unitOfShown(some, units) {
    const word = some.map(one => SHOWN.exec(one)?.[2]).find(Boolean) || ""
    return textOf(Object.values(units).find(([one]) => one && one === word)?.[1] ?? word)
  }

  function namesOf({ a, b }) {
    const names = [a, b].map(one => one.shared.namn), [one, other] = names.map(name => name.toLowerCase())
    return one === other ? [a, b].map(report => `${report.shared.namn} (${report.id})`) : names
  }

  function savedRow(band, row, units) {
    const { difference } = row
    const apart = difference ? [valueOfShown(difference.text), unitOfShown([difference.text], units), valueOfShown(difference.relativeText)] : ["", "", ""]
    const note = [row.presenceText, row.told && `Året efter uppges ${row.told}.`, ...(difference ? [difference.relativeReason, difference.note] : [])]
    const told = [row.verdict, row.reasons.map(one => one.text).join(" "), difference ? difference.chanceText : "", note.filter(Boolean).join(" "), row.key]
    const figures = row.shown.flatMap(one => [valueOfShown(one), baseOf(one)])
    return [textOf(titleOf(band)), textOf(row.label), unitOfShown(row.shown, units), ...figures, ...apart, ...told.map(textOf)]
  }

  /* The figures of some sections with the columns of the file that a finished page has. */
  function csv(bands, found, facts) {
    const figures = namesOf(found).flatMap(name => [name, `${name}, antal bakom`])
    const after = ["Skillnad", "Skillnadens enhet", "Procent", "Bedömning", "Skäl", "Slump", "Not", "Nyckel"]
    const head = ["Avsnitt", "Nyckeltal", "Enhet", ...figures, ...after].map(textOf)
    const rows = bands.flatMap(band => band.rows.map(row => savedRow(band, row, facts.data.enheter)))
    const quoted = cell => /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
    return [head, ...rows].map(cells => `${cells.map(quoted).join(";")}\r\n`).join("")
  }

  window.srJamfor = {
    Facts, Html, Named, common, csv, drawn, family, html, isSum, number, pair, scaled, shown, tables, titleOf, whyOf,
    CLASSES, NO, RESERVED, YES, anchor, places,
  }
})()
