/* Material fetches the whole search index with every page. Here that waits until somebody searches.
   Without this script, or if Material fetches it in another way, all works as before, only heavier. */
(() => {
  const INDEX = /search\/search_index\.json$/
  const asked = new Promise(go => {
    if (new URLSearchParams(location.search).has("q")) go()
    document.addEventListener("focusin", event => { if (event.target.matches(".md-search__input")) go() })
    document.addEventListener("change", event => { if (event.target.id === "__search") go() })
  })
  const waiting = new WeakSet()
  const { open, send } = XMLHttpRequest.prototype

  XMLHttpRequest.prototype.open = function (method, url, ...more) {
    if (INDEX.test(String(url))) waiting.add(this)
    return open.call(this, method, url, ...more)
  }

  XMLHttpRequest.prototype.send = function (...body) {
    if (waiting.has(this)) asked.then(() => send.apply(this, body))
    else send.apply(this, body)
  }
})()
