// Keeps what is typed: sends it as a draft some seconds after the last key, and when the page is left.
const form = document.querySelector('form[data-sheet]')
const said = document.querySelector('[data-said]')
const PAUSE = 4000

if (form) {
  let waiting = 0
  let last = written()
  let busy = false
  let leaving = false

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

  async function save () {
    window.clearTimeout(waiting)
    const now = written()
    if (busy || leaving || now === last) { return }
    busy = true
    const data = answers()
    data.set('_do', 'draft')
    try {
      const answer = await fetch(form.action, { method: 'POST', body: data, headers: { Accept: 'application/json' }, credentials: 'same-origin' })
      const isOurs = answer.ok && (answer.headers.get('Content-Type') || '').startsWith('application/json')
      if (!isOurs) { throw new Error('not kept') }
      const kept = await answer.json()
      form.elements._saves.value = kept.saves
      form.elements._sheet.value = kept.sheet
      last = now
      said.textContent = kept.said
    } catch {
      said.textContent = 'The draft could not be saved just now. What you typed is still on this page.'
    }
    busy = false
    if (written() !== last) { later() }
  }

  function later () {
    window.clearTimeout(waiting)
    waiting = window.setTimeout(save, PAUSE)
  }

  form.addEventListener('input', later)
  form.addEventListener('change', later)
  form.addEventListener('submit', () => { leaving = true; window.clearTimeout(waiting) })
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') { save() } })
}
