// Keeps what is typed: sends it as a draft some seconds after the last key, and when the page is left. While the service
// does not answer the page stays as it is and says so: the browser's own page of failure would take the words with it.
const form = document.querySelector('form[data-sheet]')
const said = document.querySelector('[data-said]')
const PAUSE = 4000
const LONGEST = 10000
const AWAY = 'Hearth does not answer just now. What you typed is still on this page. Leave the page open: it is saved as soon as Hearth is back.'
const BACK = 'Hearth is back, and what you typed is saved as a draft. Press the button again.'
const SOON = 300 // milliseconds after the last key, after which this browser keeps the words until they are saved
const MOST_AT_THE_END = 40000 // characters: a browser sends no more than 64 kB for a page that is gone

if (form) {
  const here = window.hearthTyped?.()
  let waiting = 0
  let keeping = 0
  let last = written()
  let busy = false
  let leaving = false
  let isAnswered = false
  let isAsking = false

  function answers () {
    const data = new FormData(form)
    data.delete('papers')
    return data
  }

  function written () {
    const data = new FormData(form)
    for (const control of ['papers', '_saves', '_sheet', 'csrfmiddlewaretoken']) { data.delete(control) }
    return JSON.stringify([...data.entries()])
  }

  // When the page goes away the last words are sent all the same: a request that outlives it, even beside another.
  async function save (isGoing = false) {
    window.clearTimeout(waiting)
    const now = written()
    if ((busy && !isGoing) || leaving || now === last) { return }
    busy = true
    const data = answers()
    data.set('_do', 'draft')
    try {
      const answer = await fetch(form.action, { method: 'POST', body: data, headers: { Accept: 'application/json' }, credentials: 'same-origin', keepalive: isGoing && now.length < MOST_AT_THE_END })
      const isOurs = answer.ok && (answer.headers.get('Content-Type') || '').startsWith('application/json')
      if (!isOurs) { throw new Error('not kept') }
      const kept = await answer.json()
      form.elements._saves.value = kept.saves
      form.elements._sheet.value = kept.sheet
      last = now
      say(kept.said)
      if (written() === last) { forgetHere() }
    } catch {
      say((await isThere()) ? 'The draft could not be saved just now. What you typed is still on this page.' : AWAY, true)
    }
    busy = false
    if (written() !== last) { later() }
  }

  function keepHere () {
    if (here && !leaving && written() !== last) { here.keep(form.action, [...answers().entries()]) }
  }

  function forgetHere () {
    window.clearTimeout(keeping)
    here?.forget()
  }

  function say (words, isBad = false) {
    said.textContent = words
    said.classList.toggle('hearth-away', isBad)
  }

  // Whether the service answers at all; that it asks to sign in again is an answer, and keeps what is sent.
  async function isThere () {
    try {
      const answer = await fetch('/account/still-here', { credentials: 'same-origin', signal: AbortSignal.timeout(LONGEST) })
      return answer.status < 500
    } catch {
      return false
    }
  }

  // The form is sent only when the service answers.
  async function send (event) {
    if (isAnswered) {
      leaveOutUnasked(event)
      leaving = true
      window.clearTimeout(waiting)
      window.clearTimeout(keeping)
      here?.sent()
      return
    }
    event.preventDefault()
    if (isAsking) { return }
    isAsking = true
    isAnswered = await isThere()
    isAsking = false
    if (isAnswered) {
      form.requestSubmit(event.submitter)
    } else {
      say(`Not sent. ${AWAY} Then press the button again.`, true)
      untilBack()
    }
  }

  function untilBack () {
    window.setTimeout(async () => {
      if (await isThere()) { await save() }
      if (written() === last) { say(BACK) } else { untilBack() }
    }, PAUSE)
  }

  function later () {
    window.clearTimeout(waiting)
    window.clearTimeout(keeping)
    waiting = window.setTimeout(() => save(), PAUSE)
    keeping = window.setTimeout(keepHere, SOON)
  }

  // What was typed under an answer that was changed since is not asked any more, and is not recorded.
  function leaveOutUnasked (event) {
    if (event.submitter && event.submitter.value !== 'record') { return }
    for (const hidden of form.querySelectorAll('.govuk-radios__conditional--hidden')) {
      for (const control of hidden.querySelectorAll('input, select, textarea')) { control.disabled = true }
    }
  }

  function askAgain () {
    isAnswered = leaving = false
    for (const control of form.querySelectorAll('.govuk-radios__conditional :disabled')) { control.disabled = false }
  }

  // A press of a button for the days that are written most.
  function offerDays (boxes) {
    const [year, month, day] = form.dataset.today.split('-').map(Number)
    const offers = document.createElement('div')
    offers.className = 'hearth-quick'
    for (const [words, back] of [['Today', 0], ['Yesterday', 1]]) {
      const when = new Date(year, month - 1, day - back)
      const press = document.createElement('button')
      press.type = 'button'
      press.textContent = words
      press.addEventListener('click', () => {
        const parts = [when.getDate(), when.getMonth() + 1, when.getFullYear()]
        boxes.querySelectorAll('input').forEach((box, at) => { box.value = parts[at] })
        later()
      })
      offers.append(press)
    }
    boxes.after(offers)
  }

  form.querySelectorAll('[data-quick]').forEach(offerDays)
  window.addEventListener('pageshow', askAgain)
  form.addEventListener('submit', send)
  form.addEventListener('input', later)
  form.addEventListener('change', later)
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') { save(true) } })
  window.addEventListener('pagehide', () => { keepHere(); save(true) })
}
