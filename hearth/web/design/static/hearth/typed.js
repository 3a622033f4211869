// What is typed and not yet saved is kept in this browser too, so that words survive a tab that closes while Hearth does
// not answer. They are locked: the key comes with the person's own pages and is kept nowhere here, so whoever uses the
// machine next finds nothing to read. The next page that Hearth gives the person sends them on as a draft.
const START = 'hearth-typed-'
const SENT = 'hearth-sent'
const GOOD_FOR = 3 * 24 * 3600 * 1000 // as long as the form that they were typed in may still be sent
const { lock, whose } = document.body.dataset
const isAble = lock && window.isSecureContext && window.crypto?.subtle && navigator.locks

function bytes (text) { return Uint8Array.from(window.atob(text), (letter) => letter.charCodeAt(0)) }

function text (locked) { return window.btoa(Array.from(new Uint8Array(locked), (byte) => String.fromCharCode(byte)).join('')) }

function key () { return window.crypto.subtle.importKey('raw', bytes(lock), 'AES-GCM', false, ['encrypt', 'decrypt']) }

async function keep (id, action, entries) {
  const iv = window.crypto.getRandomValues(new Uint8Array(12))
  const said = new TextEncoder().encode(JSON.stringify({ action, entries }))
  const locked = await window.crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(), said)
  window.localStorage.setItem(START + whose + id, JSON.stringify({ at: Date.now(), iv: text(iv), locked: text(locked) }))
}

function forget (id) { window.localStorage.removeItem(START + whose + id) }

async function unlocked ({ iv, locked }) {
  const said = await window.crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv) }, await key(), bytes(locked))
  return JSON.parse(new TextDecoder().decode(said))
}

function found () { return Object.keys(window.localStorage).filter((name) => name.startsWith(START)) }

function clearOld () {
  for (const name of found()) {
    let at = 0
    try { at = JSON.parse(window.localStorage.getItem(name)).at } catch { /* none of ours */ }
    if (!(Date.now() - at < GOOD_FOR)) { window.localStorage.removeItem(name) }
  }
}

// Whatever Hearth answers, it has dealt with the words: it keeps those of a form that it cannot take any more, too.
async function sendOn (name) {
  const { action, entries } = await unlocked(JSON.parse(window.localStorage.getItem(name)))
  const data = new FormData()
  for (const [question, said] of entries) { data.append(question, said) }
  data.set('_do', 'here')
  data.set('csrfmiddlewaretoken', document.querySelector('[name=csrfmiddlewaretoken]').value)
  const answer = await fetch(action, { method: 'POST', body: data, headers: { Accept: 'application/json' }, credentials: 'same-origin' })
  if (answer.status >= 500) { return }
  window.localStorage.removeItem(name)
  if (!(answer.headers.get('Content-Type') || '').startsWith('application/json')) { return }
  const { address } = await answer.json()
  if (address) { tell(address) }
}

function tell (address) {
  const box = document.createElement('div')
  box.className = 'govuk-inset-text'
  box.setAttribute('role', 'status')
  const link = document.createElement('a')
  link.className = 'govuk-link'
  link.href = address
  link.textContent = 'Go on with that draft'
  box.append('What you typed here and did not finish is kept as a draft. ', link, '.')
  document.getElementById('main-content').prepend(box)
}

// What a page that is still open holds is that page's to send.
async function restore () {
  forgetSent()
  for (const name of found().filter((one) => one.startsWith(START + whose))) {
    await navigator.locks.request(name, { ifAvailable: true }, async (held) => {
      if (held) { await sendOn(name).catch(() => {}) }
    })
  }
}

// This page is the answer to a form that was sent: then Hearth has its words.
function forgetSent () {
  const [id, path] = (window.sessionStorage.getItem(SENT) || ' ').split(' ')
  window.sessionStorage.removeItem(SENT)
  if (id && document.referrer && new URL(document.referrer).pathname === path) { forget(id) }
}

// For a form: an id of its own, held for as long as the page is open.
function open () {
  const id = window.crypto.randomUUID()
  navigator.locks.request(START + whose + id, () => new Promise(() => {}))
  return {
    keep: (action, entries) => keep(id, action, entries).catch(() => {}),
    forget: () => forget(id),
    sent: () => window.sessionStorage.setItem(SENT, `${id} ${window.location.pathname}`)
  }
}

try {
  clearOld()
  if (isAble) {
    window.hearthTyped = open
    restore()
  }
} catch { /* a browser that keeps nothing for pages */ }
