/* What Material leaves to the mouse, for the keyboard and the screen reader:
   the drawer, the search on narrow screens, the colour switch and scrollable tables. */
(() => {
  "use strict"

  const narrow = matchMedia("(max-width: 76.234375em)")
  const phone = matchMedia("(max-width: 59.984375em)")
  const drawer = document.getElementById("__drawer")
  const search = document.getElementById("__search")
  const ours = name => document.querySelector(`[data-sr="${name}"]`)
  const all = selector => [...document.querySelectorAll(selector)]
  const shown = element => element.checkVisibility({ visibilityProperty: true })

  function rest(elements, resting) {
    for (const element of elements) element.inert = resting
  }

  /* The drawer: what lies behind it rests while it is open, and focus follows. */
  function mendDrawer(button, close) {
    const behind = all(".md-header, .md-tabs, .md-content, .md-sidebar--secondary, .md-footer, .md-top, .md-skip")
    let was = false
    const follow = () => {
      const open = drawer.checked && narrow.matches
      rest(behind, open)
      button.setAttribute("aria-expanded", String(open))
      if (open && !was) close.focus()
      if (was && !open && shown(button)) button.focus()
      was = open
    }
    const toggle = () => drawer.click()
    button.addEventListener("click", toggle)
    close.addEventListener("click", toggle)
    drawer.addEventListener("change", follow)
    narrow.addEventListener("change", () => { if (drawer.checked) toggle() })
    document.addEventListener("keydown", event => {
      if (event.key === "Escape" && drawer.checked) toggle()
    })
    if (drawer.checked) toggle()
  }

  /* The search: Tab goes on to the hits instead of closing, and leaving closes. */
  function mendSearch(button, close) {
    const box = document.querySelector(".md-search")
    const input = box.querySelector(".md-search__input")
    const behind = all(".md-container, .md-header .sr-ordmarke, .sr-menyknapp, .sr-sokknapp, .md-header__option, .md-skip")
    let was = false
    const follow = () => {
      const covering = search.checked && phone.matches
      rest(behind, covering)
      button.setAttribute("aria-expanded", String(search.checked))
      if (was && !covering && shown(button)) button.focus()
      was = covering
    }
    button.addEventListener("click", () => {
      if (!search.checked) search.click()
      input.focus()
    })
    close.addEventListener("click", () => search.click())
    search.addEventListener("change", follow)
    phone.addEventListener("change", follow)
    box.addEventListener("keydown", event => {
      if (event.key === "Tab" && search.checked) event.stopPropagation()
    })
    box.addEventListener("focusout", event => {
      if (search.checked && event.relatedTarget && !box.contains(event.relatedTarget)) search.click()
    })
  }

  /* The colour switch: Space goes to the next choice, as Enter does. */
  function mendPalette(form) {
    form.addEventListener("keydown", event => {
      if (event.key !== " ") return
      event.preventDefault()
      const choices = [...form.querySelectorAll("input")]
      const next = choices[(choices.indexOf(event.target) + 1) % choices.length]
      next.click()
      next.focus()
    })
  }

  /* A table that does not fit can be reached and scrolled by keyboard; one that fits is no stop. */
  function mendScroller(box) {
    const overflows = box.scrollWidth > box.clientWidth + 1
    if (!overflows) {
      for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name)
      return
    }
    const caption = box.querySelector("caption")
    box.tabIndex = 0
    box.setAttribute("role", "group")
    box.setAttribute("aria-label", `${caption ? caption.textContent.trim() : "Tabell"} (går att rulla i sidled)`)
  }

  function mendTables() {
    const observer = new ResizeObserver(entries => entries.forEach(entry => mendScroller(entry.target)))
    const watch = () => {
      const boxes = all(".sr-tabell, .md-typeset__scrollwrap").filter(box => !box.parentElement.closest(".sr-tabell"))
      for (const box of boxes) observer.observe(box)
    }
    watch()
    document.addEventListener("sr-lagt", watch)  // tables that a script has laid out since
  }

  /* A word of the glossary is explained where it stands, for the mouse, the keyboard and the finger. What is
     shown stays while the pointer is on it, and Escape puts it away (WCAG 1.4.13). The first tap explains,
     the second follows the link. */
  function mendWords(words) {
    const box = document.createElement("div")
    let word = null, waiting = 0, tapped = null
    const hide = () => {
      clearTimeout(waiting)
      if (word) word.removeAttribute("aria-describedby")
      word = null
      box.hidden = true
    }
    const leave = () => { waiting = setTimeout(hide, 300) }
    const show = next => {
      clearTimeout(waiting)
      if (word === next) return
      hide()
      word = next
      box.textContent = word.dataset.forklaring
      box.hidden = false
      word.setAttribute("aria-describedby", box.id)
      const room = box.offsetParent.getBoundingClientRect()
      const place = word.getClientRects()[0]
      box.style.left = `${Math.max(0, Math.min(place.left - room.left, room.width - box.offsetWidth))}px`
      box.style.top = `${place.bottom - room.top + 4}px`
    }
    box.id = "sr-forklaring"
    box.className = "sr-forklaring"
    box.setAttribute("role", "tooltip")
    box.hidden = true
    document.getElementById("sr-huvud").append(box)
    box.addEventListener("pointerenter", () => clearTimeout(waiting))
    box.addEventListener("pointerleave", leave)
    for (const one of words) {
      one.addEventListener("pointerenter", event => { if (event.pointerType === "mouse") show(one) })
      one.addEventListener("pointerleave", event => { if (event.pointerType === "mouse") leave() })
      one.addEventListener("focus", () => show(one))
      one.addEventListener("blur", () => { if (word === one) hide() })
      one.addEventListener("pointerdown", event => {
        tapped = event.pointerType === "touch" && word !== one ? one : null
      })
      one.addEventListener("click", event => {
        if (tapped !== one) return
        event.preventDefault()
        show(one)
      })
    }
    document.addEventListener("keydown", event => { if (event.key === "Escape") hide() })
    document.addEventListener("pointerdown", event => {
      if (word && event.target !== box && event.target !== word) hide()
    })
  }

  /* Material opens the search and turns pages with single letters, which speech input sets off
     by mistake and nobody can turn off (WCAG 2.1.4). */
  function quietShortcuts() {
    document.addEventListener("keydown", event => {
      const typing = event.target.closest("input:not([type=radio]), textarea, select, [contenteditable]")
      if (!typing && "fs/pn,.".includes(event.key)) event.stopPropagation()
    }, true)
  }

  /* How high the bar of a comparison is: what is reached by link stops below it. */
  function measureBar(bar) {
    const page = document.documentElement
    const told = () => page.style.setProperty("--sr-val-hojd", `${bar.offsetHeight}px`)
    page.classList.add("sr-foljs")
    new ResizeObserver(told).observe(bar)
  }

  /* Which parts of a comparison the reader has opened: they are printed whole, the others by name. */
  function rememberOpened() {
    let printing = false
    addEventListener("beforeprint", () => { printing = true })
    addEventListener("afterprint", () => { printing = false })
    document.addEventListener("toggle", ({ target }) => {
      if (!printing && target.matches(".sr-jamfor__delar, .sr-fler")) target.toggleAttribute("data-oppnad", target.open)
    }, true)
  }

  quietShortcuts()
  rememberOpened()
  if (ours("menyknapp")) mendDrawer(ours("menyknapp"), ours("meny-stang"))
  if (ours("sokknapp")) mendSearch(ours("sokknapp"), ours("sok-stang"))
  all("form[data-md-component=palette]").forEach(mendPalette)
  mendTables()
  all(".sr-jamfor__val").forEach(measureBar)
  if (all("a.sr-ord-forklarat").length) mendWords(all("a.sr-ord-forklarat"))
})()
