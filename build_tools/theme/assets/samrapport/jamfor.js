/* Two reports side by side, whichever the reader chooses. The first half is the engine of compare/ once more:
   the same table of conditions, the same arithmetic in the same order and the same words, so that both say the
   same of every pair; a test holds that. The second half lays it out and keeps the choice in the address. */
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
  const CATEGORY = 1, GROUP = 2, SERIES = 4, SHARE = 8, SUM = 16, CHANGE = 32, COPIED = 64, BASED = 128, COVERED = 256

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

  function unfold(packed, data, shared, whole) {
    const values = packed.v.split(","), bases = repeated(packed.n).values(), covered = repeated(packed.c).values()
    const times = [whole, ...(packed.p || [])].map(time)
    const marked = Object.entries(packed.x || {}).map(([name, rows]) => [name, new Set(rows)])
    const uppers = packed.till || {}
    const turns = packed.q || []
    let turn = 0, now = 0
    const cells = names(packed.k || [])
    const lines = places(packed.l).map((place, at) => {
      const [key, label, measure, level, asked, flags, drawn, decimals] = data.rader[place]
      const matt = data.matt[measure]
      const name = matt ? matt[0] : key
      while (turn < turns.length && turns[turn] <= at) { now = turns[turn + 1]; turn += 2 }
      const line = {
        key, label, measure, level, asked: `${name}/${asked}`, flags, decimals, matt: name, cell: cells(key, at), traits: null,
        mark: "", digits: values[at], n: "", upper: uppers[at] || "", unit: matt ? matt[2] : "",
      }
      if (/^[a-z]$/.test(line.digits)) {
        line.mark = data.marken[line.digits][1]
        line.flags &= ~(COPIED | BASED | COVERED)
        line.traits = { ...shared, matt: name, lucka: data.marken[line.digits][0] }
        return line
      }
      line.traits = { ...shared, matt: name, ...data.drag[drawn] }
      if (flags & BASED) line.n = bases.next().value
      dated(line.traits, times[now])
      if (flags & COVERED) line.traits.tackning = Number(covered.next().value)
      for (const [name, rows] of marked) if (rows.has(at)) line.traits[name] = true
      return line
    })
    for (const line of lines) if (!line.mark) valued(line, lines, shared.rapport, packed.sagt || {}, data)
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

  function dated(traits, found) {
    Object.assign(traits, found)
    if (traits.tid === "lage") delete traits.manad
  }

  function valued(line, lines, report, told, data) {
    const traits = line.traits
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
  }

  /* A figure as it stands in a table. */
  function shown(line, units) {
    if (!line) return "uppgift saknas"
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
  const same = (names, a, b) => names.every(name => trait(a, name) === trait(b, name))

  function meets(wanted, value) {
    if (Array.isArray(wanted)) return wanted.includes(value)
    if (wanted === null || typeof wanted !== "object") return value === wanted
    const isNumber = typeof value === "number"
    return Object.entries(wanted).every(([name, bound]) => {
      if (name === "finns") return (value !== "") === bound
      return isNumber && (name === "under" ? value < bound : value >= bound)
    })
  }

  const like = (wanted, side) => Object.entries(wanted).every(([name, value]) => meets(value, trait(side, name)))
  const holds = (condition, a, b) => Object.entries(condition).every(([name, argument]) => OPERATORS[name](argument, a, b))

  const OPERATORS = {
    olika: (names, a, b) => !same(names, a, b),
    lika: (names, a, b) => same(names, a, b),
    nagon: (wanted, a, b) => like(wanted, a) || like(wanted, b),
    alla: (wanted, a, b) => like(wanted, a) && like(wanted, b),
    ingen: (wanted, a, b) => !like(wanted, a) && !like(wanted, b),
    skiljer: (sizes, a, b) => Object.entries(sizes).every(([name, part]) => {
      const one = trait(a, name), other = trait(b, name)
      if (typeof one === "string" || typeof other === "string") return false
      return Math.abs(one - other) > part * Math.max(Math.abs(one), Math.abs(other))
    }),
    overlappar: ([start, end], a, b) => {
      const one = trait(a, start), other = trait(a, end), first = trait(b, start), last = trait(b, end)
      return Boolean(one && first) && !(one === first && other === last) && one <= last && first <= other
    },
    forfader: (name, a, b) => {
      const one = trait(a, name), other = trait(b, name)
      return Boolean(one && other) && (other.startsWith(`${one}.`) || one.startsWith(`${other}.`))
    },
    motsager: ([report, value, before, told], a, b) => [[a, b], [b, a]].some(([earlier, later]) =>
      trait(later, before) !== "" && trait(later, before) === trait(earlier, report)
      && trait(later, told) !== "" && trait(later, told) !== trait(earlier, value)),
    ingar: ([one, several], a, b) => [[a, b], [b, a]].some(([before, after]) =>
      trait(before, one) !== "" && String(trait(after, several)).split("+").includes(trait(before, one))),
    inte: (condition, a, b) => !holds(condition, a, b),
  }

  function met(rules, a, b) {
    const found = []
    for (const row of rules.villkor) {
      if (!holds(row.om, a, b)) continue
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
    return trait(a, "rapport") !== trait(b, "rapport") ? "rapportperiod" : "period"
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
      const some = [a, b].filter(side => like(row.om.nagon || {}, side))
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
    const decimals = Math.min(size(a, "decimaler"), size(b, "decimaler"))
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
    if (judgement === UNLIKELY) return value > 0 ? words.okning : words.minskning
    return [a, b].some(side => trait(side, "slump") === "medel") ? words.medel : words.okand
  }

  function effect(one, other, isShare) {
    if (isShare) return Math.abs(other - one) / 100
    const sizes = Math.abs(one) + Math.abs(other)
    return sizes ? Math.abs(other - one) / sizes : 0
  }

  /* ── Row by row (compare/pairs.py) ───────────────────────────────────────────────── */

  const REST = "Övriga siffror", COMMON = "Det som båda redovisar"

  function pair(facts, first, second) {
    const a = facts.report(first), b = facts.report(second)
    const bands = bandsOf(facts, a, b)
    const rows = bands.flatMap(band => band.rows)
    const counts = { [YES]: 0, [RESERVED]: 0, [NO]: 0 }
    for (const row of rows) counts[row.verdict] += 1
    return { a, b, bands, rows, counts, notes: notesOf(a, b), highlights: highlights(facts, rows, a, b) }
  }

  function notesOf(a, b) {
    const found = []
    if (a.id === b.id) found.push("Rapporten jämförs med sig själv.")
    if (a.head.m !== b.head.m) {
      found.push("Rapporterna följer olika mallar. Därför står bara de mått här som finns i båda.")
    }
    for (const one of [a, b]) if (!one.head.t) found.push(`Det finns ingen text i rapporten för ${one.shared.namn}.`)
    return found
  }

  function aligned(facts, a, b) {
    const last = facts.data.matt.length
    const keys = [...new Set([...a.by.keys(), ...b.by.keys()])]
    const place = new Map(keys.map(key => {
      const found = (a.by.get(key) || b.by.get(key)).measure
      return [key, found < 0 ? last : found]
    }))
    return keys.sort((one, other) => place.get(one) - place.get(other))
  }

  function bandsOf(facts, a, b) {
    const whole = [a, b].map(one => new Set(one.lines.map(line => line.asked)))
    const keys = aligned(facts, a, b)
    const row = key => rowOf(key, facts, a, b, whole)
    if (a.head.m !== b.head.m) {
      const common = keys.filter(key => a.by.has(key) && b.by.has(key))
      return common.length ? [{ number: null, title: COMMON, rows: common.map(row) }] : []
    }
    const template = facts.data.mallar[b.head.m] || { avsnitt: [], hem: [] }
    const grouped = new Map([...template.avsnitt, [null, REST]].map(([number, title]) => [number, { number, title, rows: [] }]))
    for (const key of keys) {
      const home = template.hem[(a.by.get(key) || b.by.get(key)).measure]
      const band = grouped.get(grouped.has(home) ? home : null)
      band.rows.push(row(key))
    }
    return [...grouped.values()].filter(band => band.rows.length)
  }

  function rowOf(key, facts, a, b, asked) {
    const one = a.by.get(key), other = b.by.get(key), either = one || other, units = facts.data.enheter
    const sides = [[a, one], [b, other]].map(([report, line]) => ({
      line: line || null, traits: line ? line.traits : { ...report.shared, matt: either.matt, lucka: "finns_ej" },
    }))
    const presence = one && other ? "båda" : one ? "bara A" : "bara B"
    return {
      key, measure: either.matt, at: either.measure, label: (other || one).label, level: either.level, a: one, b: other,
      shown: [shown(one, units), shown(other, units)], presence, presenceText: presenceText(either, presence, a, b, asked),
      corrections: corrections(a, b, [one ? one.cell : key, other ? other.cell : key]),
      told: toldBefore(key, one, a, b, either, units), ...compared(sides[0], sides[1], facts.rules),
    }
  }

  function presenceText(line, presence, a, b, asked) {
    if (presence === "båda" || line.mark) return ""
    if (asked[presence === "bara B" ? 0 : 1].has(line.asked)) return "redovisas på ett annat sätt"
    if (a.head.i === b.head.i) return presence === "bara B" ? "nytt i år" : "finns inte längre"
    return `redovisas bara av ${(presence === "bara B" ? b : a).shared.namn}`
  }

  function corrections(a, b, cells) {
    const own = (report, at) => (report.head.r || []).filter(one =>
      one[0] === cells[at] || (a.id === b.id && one[0] === cells[1]))
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
    if (a.id === b.id) return [{ kind: "lika", parts: ["Det är samma rapport på båda sidor."] }]
    const found = new Weighed(facts, rows, a, b)
    const { hogst, andringar } = facts.rules.viktigast
    const others = [...found.definitions(), ...found.appeared(), ...found.disappeared(), ...found.corrected()]
    const closing = found.closing()
    const told = found.changes().slice(0, Math.max(andringar, hogst - closing.length - others.length))
    return [...[...told, ...others].slice(0, hogst - closing.length), ...closing]
  }

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

    meant({ key, difference }) {
      if (!difference.value) return false
      if (difference.chance === NONE) return difference.effect * 2 >= this.rules.granser.vasentlig
      return difference.chance === UNLIKELY && this.holding.has(key)
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
      const reserved = row.verdict === RESERVED ? " Jämförs med förbehåll." : ""
      return { kind: "andring", parts: [
        `${row.label}: `, this.bound(this.b, row.b, row.shown[1]), ` (${this.names[0]}: `,
        this.bound(this.a, row.a, row.shown[0]), `), ${difference.text}.${chanceSaid}${reserved}`,
      ] }
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
            found.push({ kind: "definition", parts: [this.counted(matt, one.text)] })
          }
        }
      }
      return found
    }

    counted(matt, otherwise) {
      const at = day => matt[5].filter(one => one[0] <= day).at(-1) || matt[5][0]
      const now = at(this.b.head.d[0])
      if (!now || now === at(this.a.head.d[0])) return `${matt[1]}: ${otherwise}`
      return `${matt[1]} räknas på ett nytt sätt från ${now[1]}: ${now[2]}`
    }

    appeared() {
      return this.listed("ny", `Nytt för ${this.names[1]}: `, "bara B")
    }

    disappeared() {
      return this.listed("borta", `Redovisas inte längre för ${this.names[1]}: `, "bara A")
    }

    listed(kind, start, presence) {
      if (this.a.head.i !== this.b.head.i) return []
      const once = new Map()
      for (const row of [...this.rows].sort((one, other) => depth(one) - depth(other))) {
        const fresh = row.presence === presence && ["nytt i år", "finns inte längre"].includes(row.presenceText)
        if (!fresh || this.importance(row) <= 0 || depth(row) > 1) continue
        const name = row.measure === "enkat" ? row.key.split(".").slice(0, 3).join(".") : row.measure
        if (!once.has(name)) once.set(name, row)
      }
      if (!once.size) return []
      const most = this.table.uppraknade, parts = [start], [report, at] = presence === "bara B" ? [this.b, 1] : [this.a, 0]
      for (const [place, row] of [...once.values()].slice(0, most).entries()) {
        parts.push(place ? "; " : "", `${row.label} `, this.bound(report, at ? row.b : row.a, row.shown[at]))
      }
      const more = once.size - most
      return [{ kind, parts: [...parts, more > 0 ? ` och ${number(String(more))} till.` : "."] }]
    }

    corrected() {
      return this.rows.flatMap(row => row.corrections.filter(one => one[2] && one[3]).map(one => (
        { kind: "rattad", parts: [`Rättat ${one[5]}: ${row.label}, ${one[2]} blev ${one[3]}.`] }
      )))
    }

    closing() {
      const changed = this.apart.filter(row => row.difference.value)
      const small = changed.filter(row => row.difference.p !== null && !this.holding.has(row.key)).length
      const unknown = changed.filter(row => row.difference.chance === UNKNOWN).length
      const said = []
      if (small) {
        const who = small === 1 ? "En siffra" : `${number(String(small))} siffror`
        said.push(`${who} har ändrats så lite att skillnaden kan vara slump.`)
      }
      if (unknown) {
        const whom = unknown === 1 ? "En skillnad" : `${number(String(unknown))} skillnader`
        said.push(`${whom} går inte att bedöma, eftersom spridningen inte är känd.`)
      }
      return said.length ? [{ kind: "slump", parts: [said.join(" ")] }] : []
    }
  }

  /* ── What a page is made of: elements with text, never markup from text ──────────── */

  function make(tag, attributes = {}, ...content) {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(name, "")
      else if (value !== false && value !== null && (value !== "" || name === "value")) made.setAttribute(name, value)
    }
    made.append(...content.filter(one => one !== null && one !== ""))
    return made
  }

  const titleOf = band => band.number ? `${band.number}. ${band.title}` : band.title
  const hidden = text => make("span", { class: "sr-dold" }, text)
  const anchor = cell => cell.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "")
  const CLASSES = { [YES]: "ja", [RESERVED]: "forbehall", [NO]: "nej" }

  function told(tag, status, text) {
    return make(tag, { class: `sr-dom sr-dom--${CLASSES[status]}` }, make("span", { class: "sr-dom__ord" }, text))
  }

  /* ── The choice, as it stands in the address ─────────────────────────────────────── */

  const MODES = ["bada", "siffror", "text"]
  const VIEWS = ["tabell", "prickar", "sma"], SCALES = ["egen", "gemensam"]
  const KEYS = ["a", "b", "avsnitt", "visa", "diagram", "skala", "fakta"]
  const PRINT = /^([0-9a-f]{8})\.(\d{1,4})-([0-9a-f]{8})\.(\d{1,4})$/

  function readState(search) {
    const asked = new URLSearchParams(search), state = { notes: [] }
    for (const key of KEYS) state[key] = (asked.get(key) || "").slice(0, 200)
    if (!MODES.includes(state.visa)) state.visa = "bada"
    if (!VIEWS.includes(state.diagram)) state.diagram = "tabell"
    if (!SCALES.includes(state.skala)) state.skala = "egen"
    state.avsnitt = /^(?:avsnitt-)?(\d{1,3})$/.exec(state.avsnitt)?.[1] || ""
    return state
  }

  function search(state, print = "") {
    const kept = [
      ["a", state.a], ["b", state.b], ["avsnitt", state.avsnitt], ["visa", state.visa === "bada" ? "" : state.visa],
      ["diagram", state.diagram === "tabell" ? "" : state.diagram], ["skala", state.skala === "egen" ? "" : state.skala],
      ["fakta", print],
    ]
    const text = kept.filter(([, value]) => value)
      .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2F", "/")}`).join("&")
    return text ? `?${text}` : ""
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

  async function prose(url) {
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(String(answer.status))
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
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

  /* ── The page ────────────────────────────────────────────────────────────────────── */

  class Free {
    constructor(root, form) {
      Object.assign(this, { root, form, facts: null, state: readState(location.search), texts: new Map(), turn: 0 })
      this.home = new URL("../", new URL(form.getAttribute("action"), document.baseURI))
      this.status = make("p", { class: "sr-dold", role: "status" })
      this.root.before(this.status)
    }

    async start() {
      const source = new URL("jamfor/fakta.json", this.home)
      let data
      try {
        data = await this.fetched(source)
      } catch {
        this.say("Siffrorna gick inte att hämta. Ladda om sidan, eller använd de färdiga jämförelserna nedan.")
        return
      }
      if (data.version !== 1) {
        this.say("Sidan är äldre än siffrorna. Ladda om den.")
        return
      }
      this.facts = new Facts(data)
      for (const one of document.querySelectorAll(".sr-utan-val")) one.hidden = true
      this.form.hidden = false
      this.form.addEventListener("submit", event => event.preventDefault())
      this.form.addEventListener("change", () => this.chosen())
      this.button("byt").addEventListener("click", () => this.swap())
      mendShare(this.form, () => this.links())
      this.button("ladda-ner").addEventListener("click", () => this.download())
      addEventListener("popstate", () => { this.state = readState(location.search); this.show() })
      await this.show()
    }

    async fetched(url) {
      const answer = await fetch(url)
      if (!answer.ok) throw new Error(String(answer.status))
      return answer.json()
    }

    button(name) {
      return this.form.querySelector(`[data-sr="${name}"]`)
    }

    say(...notes) {
      this.root.replaceChildren(...notes.map(text => make("p", { class: "sr-not", role: "note" }, text)))
    }

    /* ── choosing ── */

    chosen() {
      for (const key of ["a", "b", "visa", "avsnitt"]) this.state[key] = this.form.elements[key].value
      this.keep()
    }

    swap() {
      [this.state.a, this.state.b] = [this.state.b, this.state.a]
      this.keep()
    }

    keep() {
      this.state.fakta = ""
      history.replaceState(null, "", location.pathname + search(this.state) + location.hash)
      this.show()
    }

    known(id) {
      return Object.hasOwn(this.facts.data.rapporter, id)
    }

    options() {
      const groups = new Map()
      for (const [id, head] of Object.entries(this.facts.data.rapporter)) {
        const [name, association] = this.facts.data.insatser[head.i]
        const key = `${this.facts.data.forbund[association] || association}: ${name}`
        groups.set(key, [...(groups.get(key) || []), [id, head]])
      }
      return [...groups].sort(([one], [other]) => one.localeCompare(other, "sv"))
    }

    fill(name, other) {
      const select = this.form.elements[name], groups = this.grouped ??= this.options()
      const nodes = groups.map(([label, reports]) => make("optgroup", { label }, ...reports.map(([id, head]) => {
        const why = this.barred(id, other)
        return make("option", { value: id, disabled: Boolean(why) }, `${this.facts.data.insatser[head.i][0]} ${head.p}${why}`)
      })))
      select.replaceChildren(make("option", { value: "" }, "Välj rapport"), ...nodes)
      select.value = this.known(this.state[name]) ? this.state[name] : ""
    }

    /* Why a report is no choice beside another: words that follow its name. */
    barred(id, other) {
      if (!this.known(other)) return ""
      if (id === other) return " (redan vald)"
      if (this.facts.head(id).m === this.facts.head(other).m) return ""
      const [one, two] = [this.measures(id), this.measures(other)]
      return one && two && one.isDisjointFrom(two) ? " (inga mått gemensamma)" : ""
    }

    measures(id) {
      const packed = this.facts.figures[id]
      if (!packed) return null
      const seen = this.seen ??= new Map(), key = packed.l.join()
      if (!seen.has(key)) seen.set(key, new Set(places(packed.l).map(place => this.facts.data.rader[place][2])))
      return seen.get(key)
    }

    choices(bands) {
      const select = this.form.elements.avsnitt
      const some = bands.filter(band => band.number !== null).map(band => [String(band.number), titleOf(band)])
      select.replaceChildren(...[["", "Hela sidan"], ...some].map(([value, text]) => make("option", { value }, text)))
      select.value = some.some(([value]) => value === this.state.avsnitt) ? this.state.avsnitt : ""
      select.parentElement.hidden = !some.length
    }

    /* ── showing ── */

    async show() {
      const turn = this.turn += 1
      const { state } = this
      this.fill("a", state.b)
      this.fill("b", state.a)
      this.form.elements.visa.value = state.visa
      const ready = this.known(state.a) && this.known(state.b)
      for (const name of ["dela", "ladda-ner"]) this.button(name).disabled = !ready
      if (!ready) {
        this.choices([])
        this.say(...this.missing())
        return
      }
      if (!await this.loaded(state)) return
      if (turn !== this.turn) return
      const found = this.pair = pair(this.facts, state.a, state.b)
      this.lay(found)
      this.status.textContent = `Visar ${found.a.shared.namn} bredvid ${found.b.shared.namn}.`
      if (state.visa !== "siffror") await this.words(found, turn)
    }

    missing() {
      const { a, b } = this.state
      const strange = [a, b].filter(one => one && !this.known(one))
      const notes = [...new Set(strange)].map(one => `Det finns ingen publicerad rapport som heter ”${one}”.`)
      return [...notes, "Välj en rapport till vänster och en till höger."]
    }

    /* On a large site the figures of each insats lie apart, and are fetched when they are asked for. */
    async loaded({ a, b }) {
      for (const id of new Set([a, b])) {
        if (this.facts.figures[id]) continue
        const { i } = this.facts.head(id), [, association] = this.facts.data.insatser[i]
        try {
          Object.assign(this.facts.figures, await this.fetched(new URL(`jamfor/fakta/${association}/${i}.json`, this.home)))
        } catch {
          this.say(`Siffrorna för ${this.facts.name(id)} gick inte att hämta. Ladda om sidan.`)
          return false
        }
      }
      return true
    }

    lay(found) {
      const { state } = this
      const changed = since(this.facts, state)
      const bands = this.bands = this.sections(found)
      this.choices(bands)
      const chosen = this.form.elements.avsnitt.value
      const nodes = [this.lead(found)]
      if (changed) nodes.push(sinceNotice(changed))
      if (state.avsnitt && !chosen) nodes.push(make("p", { class: "sr-not", role: "note" }, `Avsnitt ${state.avsnitt} finns inte här, så hela sidan visas.`))
      if (found.notes.length) {
        nodes.push(make("div", { class: "sr-not", role: "note", "aria-label": "Att veta om jämförelsen" }, ...found.notes.map(text => make("p", {}, text))))
      }
      if (!chosen) nodes.push(...this.most(found), ...this.banner(found))
      for (const band of bands) if (!chosen || String(band.number) === chosen) nodes.push(this.band(band, found))
      this.root.dataset.a = state.a
      this.root.dataset.b = state.b
      this.root.replaceChildren(...nodes)
    }

    /* The sections of B's template; where the templates differ, what both have, and then each text. */
    sections(found) {
      const own = new Map(found.bands.map(band => [band.number, band]))
      if (found.a.head.m !== found.b.head.m) return found.bands
      const template = this.facts.data.mallar[found.b.head.m] || { avsnitt: [] }
      const all = template.avsnitt.map(([number, title]) => own.get(number) || { number, title, rows: [] })
      return own.has(null) ? [...all, own.get(null)] : all
    }

    lead(found) {
      const link = one => make("a", { href: new URL(one.head.u, this.home).href }, `rapporten för ${one.shared.namn}`)
      return make("p", { class: "sr-jamfor__rapporter" }, "Vänster: ", link(found.a), ". Höger: ", link(found.b), ".")
    }

    most(found) {
      const items = found.highlights.map(one => make("li", { class: `sr-viktigt sr-viktigt--${one.kind}` }, ...one.parts.map(part => {
        if (typeof part === "string") return part
        const report = part.report === found.a.id ? found.a : found.b
        return make("a", { href: `${new URL(report.head.u, this.home).href}#${anchor(part.cell)}` }, part.text)
      })))
      const body = items.length ? make("ul", {}, ...items) : make("p", {}, "Inget att lyfta fram: ingen skillnad är större än vad som brukar bero på slump.")
      return [make("h2", { id: "viktigast" }, "Det viktigaste"), make("div", { class: "sr-jamfor__viktigast" }, body)]
    }

    banner(found) {
      const said = [[YES, "går att jämföra"], [RESERVED, "går att jämföra med förbehåll"], [NO, "går inte att jämföra"]]
      const items = said.filter(([one]) => found.counts[one]).map(([one, text]) => {
        const count = found.counts[one]
        return told("li", one, `${number(String(count))} ${count === 1 ? "siffra" : "siffror"} ${text}`)
      })
      const body = items.length ? make("ul", { class: "sr-domar" }, ...items) : make("p", {}, "Rapporterna har inga siffror att jämföra.")
      const why = [[RESERVED, "Vilka förbehåll?"], [NO, "Varför inte?"]].filter(([one]) => found.counts[one]).map(([one, title]) => reasonsOf(found, one, title))
      return [make("h2", { id: "jamforbart" }, "Går siffrorna att jämföra?"), make("div", { class: "sr-jamfor__dom" }, body, ...why)]
    }

    band(band, found) {
      const name = band.number === null ? "avsnitt-ovrigt" : `avsnitt-${band.number}`
      const section = make("section", { class: "sr-jamfor__band", "data-avsnitt": name, "aria-labelledby": name }, make("h2", { id: name }, titleOf(band)))
      if (band.rows.length && this.state.visa !== "text") {
        section.append(make("div", { class: "sr-jamfor__siffror" }, table(band, found, this.facts, this.home)))
      }
      if (band.number !== null && this.state.visa !== "siffror") section.append(make("div", { class: "sr-jamfor__text" }))
      return section
    }

    /* ── texts ── */

    text(report) {
      const url = new URL(report.head.u, this.home).href
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
    }

    /* ── taking away ── */

    links() {
      const { state } = this, base = location.origin + location.pathname
      return [base + search(state), base + search(state, fingerprint(this.facts, [state.a, state.b]))]
    }

    download() {
      const chosen = this.form.elements.avsnitt.value
      const bands = this.bands.filter(band => !chosen || String(band.number) === chosen)
      const print = fingerprint(this.facts, [this.state.a, this.state.b])
      const name = `jamfor-${[this.state.a, this.state.b].map(anchor).join("-mot-")}${chosen ? `-avsnitt-${chosen}` : ""}-${anchor(print)}.csv`
      save(name, csv(bands, this.pair, this.facts))
      this.status.textContent = `Filen ${name} laddas ner.`
    }
  }

  function reasonsOf(found, verdict, title) {
    const groups = new Map()
    for (const row of found.rows) {
      for (const one of row.reasons) if (one.verdict === verdict) groups.set(one.text, [...(groups.get(one.text) || []), row])
    }
    const items = [...groups].sort((one, other) => other[1].length - one[1].length).map(([text, rows]) =>
      make("li", {}, `${text} `, make("span", { class: "sr-svag" }, rows.length === 1 ? rows[0].label : `${rows.length} siffror`)))
    return make("details", {}, make("summary", {}, title), make("ul", { class: "sr-skallista" }, ...items))
  }

  function panes(found, title, one, other) {
    const pane = (side, report, text) => make("section", { class: "sr-ruta-text", "aria-label": `${side}: ${report.shared.namn}, ${title}` },
      make("p", { class: "sr-ruta-namn", "aria-hidden": "true" }, report.shared.namn),
      ...(text ? text.parts : [make("p", { class: "sr-saknas" }, `${report.shared.namn} har ingen text här.`)]))
    return make("div", { class: "sr-sida-vid-sida" }, pane("Vänster", found.a, one), pane("Höger", found.b, other))
  }

  function table(band, found, facts, home) {
    const head = ["Nyckeltal", found.a.shared.namn, found.b.shared.namn, "Skillnad", "Procent", "Not"]
    const classes = ["", "sr-tal sr-kol-a", "sr-tal sr-kol-b", "sr-tal", "sr-tal sr-procent", ""]
    const cells = head.map((text, at) => make("th", { scope: "col", class: classes[at] }, text))
    const rows = band.rows.map(row => tableRow(row, facts, home))
    const made = make("table", {}, make("caption", {}, `Siffror: ${band.title}`), make("thead", {}, make("tr", {}, ...cells)), make("tbody", {}, ...rows))
    return make("div", { class: "sr-tabell sr-jamfor__tabell" }, made)
  }

  function tableRow(row, facts, home) {
    const matt = facts.data.matt[row.at], { difference } = row
    const name = matt ? make("a", { href: new URL(matt[6], home).href }, row.label) : row.label
    const label = make("th", { scope: "row" }, name, ...(row.presenceText ? [" ", make("span", { class: "sr-etikett" }, row.presenceText)] : []))
    const kind = `sr-dom sr-dom--${CLASSES[row.verdict]}${row.level ? ` sr-niva-${row.level}` : ""}`
    const none = why => [hidden(why), make("span", { "aria-hidden": "true" }, "–")]
    const percent = difference && difference.relativeText ? [difference.relativeText] : none(difference ? "visas inte" : "ingen")
    return make("tr", { class: kind, "data-nyckel": row.key }, label,
      make("td", { class: "sr-tal" }, row.shown[0]), make("td", { class: "sr-tal" }, row.shown[1]),
      difference ? make("td", { class: "sr-tal" }, difference.text) : make("td", { class: "sr-ej" }, "kan inte jämföras"),
      make("td", { class: "sr-tal sr-procent" }, ...percent),
      make("td", { class: "sr-notis" }, make("span", { class: "sr-dom__ord" }, capital(row.verdict)), ...noteParts(row)))
  }

  function noteParts(row) {
    return notesOfRow(row).map(text => make("span", { class: "sr-dom__skal" }, ` ${text}`))
  }

  function notesOfRow(row) {
    const { difference } = row
    const told = row.told ? [`Den senare rapporten anger ${row.told} för det tidigare året.`] : []
    const since = row.corrections.filter(one => one[2] && one[3]).map(one => `Rättat ${one[5]}: ${one[2]} blev ${one[3]}.`)
    const said = difference ? [difference.chanceText, difference.note].filter(Boolean) : []
    return [...row.reasons.map(one => one.text), ...said, ...told, ...since]
  }

  /* ── Files and links to take away ────────────────────────────────────────────────── */

  /* A cell that a spreadsheet cannot take for a formula. */
  function quoted(text) {
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(,\d+)?$/.test(text) ? `'${text}` : text
    return `"${safe.replaceAll('"', '""')}"`
  }

  const swedish = digits => digits.replace(".", ",")

  function csv(bands, found, facts) {
    const head = ["Avsnitt", "Nyckeltal", found.a.shared.namn, found.b.shared.namn, "Skillnad", "Enhet", "Procent", "Utslag", "Not", "Definition"]
    const lines = [head]
    for (const band of bands) {
      for (const row of band.rows) {
        const { difference } = row, matt = facts.data.matt[row.at]
        const unit = difference && row.b.traits.enhet === "procent" ? "procentenheter" : row.b && row.b.traits.enhet
        const words = facts.rules.ord.enhet
        lines.push([
          titleOf(band), row.label, ...row.shown,
          difference ? swedish(scaled(difference.value, difference.decimals)) : "",
          difference ? words[unit] ?? "" : "",
          difference && difference.relative !== null ? String(difference.relative) : "",
          row.verdict, notesOfRow(row).join(" "), matt ? matt[5].map(one => one[2]).join(" ") : "",
        ])
      }
    }
    return lines.map(cells => cells.map(quoted).join(";")).join("\r\n") + "\r\n"
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
    }

    start() {
      for (const name of ["byt", "dela", "ladda-ner"]) {
        const button = this.form.querySelector(`[data-sr="${name}"]`)
        if (button) button.hidden = false
      }
      for (const name of ["visa", "diagram", "avsnitt"]) this.restore(name)
      this.form.addEventListener("change", event => this.changed(event.target))
      this.form.querySelector("[data-sr='byt']")?.addEventListener("click", () => this.go({ a: this.b, b: this.a }))
      this.form.querySelector("[data-sr='ladda-ner']")?.addEventListener("click", () => this.download())
      if (this.form.querySelector("[data-sr='dela']")) mendShare(this.form, () => this.links())
      if (this.state.fakta) this.compareFacts()
    }

    restore(name) {
      const select = this.form.elements[name]
      if (!select) return
      select.disabled = false
      select.closest("label").hidden = false
      const wanted = name === "avsnitt" && this.state.avsnitt ? `avsnitt-${this.state.avsnitt}` : this.state[name]
      const has = [...select.options].some(one => one.value === wanted)
      if (has) select.value = wanted
      if (name === "avsnitt") this.only(has ? wanted : "")
    }

    /* Of the sections only the chosen one, with its heading. */
    only(name) {
      for (const band of document.querySelectorAll(".sr-jamfor__band")) {
        const away = Boolean(name) && band.dataset.avsnitt !== name
        band.hidden = away
        const heading = document.getElementById(band.dataset.avsnitt)
        if (heading) heading.hidden = away
      }
    }

    changed(select) {
      if (["a", "b"].includes(select.name)) {
        if (select.value) this.go({ [select.name]: select.value })
        return
      }
      if (!["visa", "diagram", "avsnitt"].includes(select.name)) return
      if (select.name === "avsnitt") {
        this.state.avsnitt = /^avsnitt-(\d+)$/.exec(select.value)?.[1] || ""
        this.only(select.value)
      } else this.state[select.name] = select.value
      this.state.fakta = ""
      history.replaceState(null, "", location.pathname + search({ ...this.state, a: "", b: "" }) + location.hash)
    }

    go(chosen) {
      location.assign(new URL(`jamfor/${search({ ...this.state, a: this.a, b: this.b, ...chosen })}`, this.home))
    }

    async facts() {
      if (!this.read) {
        const answer = await fetch(new URL("jamfor/fakta.json", this.home))
        this.read = new Facts(await answer.json())
      }
      return this.read
    }

    async links() {
      const base = location.origin + location.pathname, own = { ...this.state, a: "", b: "" }
      return [base + search(own), base + search(own, fingerprint(await this.facts(), [this.a, this.b]))]
    }

    async compareFacts() {
      const changed = since(await this.facts(), { fakta: this.state.fakta, a: this.a, b: this.b })
      if (changed) document.querySelector(".sr-jamfor")?.prepend(sinceNotice(changed))
    }

    async download() {
      const facts = await this.facts()
      const team = facts.head(this.a)
      for (const id of [this.a, this.b]) {
        if (facts.figures[id]) continue
        const { i } = facts.head(id), answer = await fetch(new URL(`jamfor/fakta/${facts.team(id)[1]}/${i}.json`, this.home))
        Object.assign(facts.figures, await answer.json())
      }
      const found = team && pair(facts, this.a, this.b)
      const chosen = this.state.avsnitt
      const bands = found.bands.filter(band => !chosen || String(band.number) === chosen)
      const print = anchor(fingerprint(facts, [this.a, this.b]))
      save(`jamfor-${anchor(this.a)}-mot-${anchor(this.b)}${chosen ? `-avsnitt-${chosen}` : ""}-${print}.csv`, csv(bands, found, facts))
    }
  }

  const form = document.querySelector(".sr-jamfor__val"), root = document.querySelector(".sr-jamfor[data-fri]")
  if (form && root) new Free(root, form).start()
  else if (form && form.dataset.a) new Laid(form).start()

  window.srJamfor = { Facts, pair, csv, shown }
})()
