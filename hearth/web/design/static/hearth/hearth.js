// Smooths what already works without it: shows what needs a script, and warns before the session ends.
for (const part of document.querySelectorAll('.hearth-needs-script')) { part.hidden = false }

// Questions asked only after an answer: shown when it is chosen. The components' own way puts aria-expanded on a radio,
// which is not allowed there.
const revealing = document.querySelectorAll('[data-reveals]')
function reveal () {
  for (const choice of revealing) {
    document.getElementById(choice.dataset.reveals).classList.toggle('govuk-radios__conditional--hidden', !choice.checked)
  }
}
if (revealing.length) {
  document.addEventListener('change', reveal)
  window.addEventListener('pageshow', reveal)
}

const seconds = Number(document.body.dataset.sessionSeconds)
const WARN = 120

function warn () {
  const box = document.createElement('div')
  box.className = 'hearth-ending'
  box.setAttribute('role', 'alertdialog')
  box.setAttribute('aria-label', 'You are about to be signed out')
  const words = document.createElement('p')
  words.textContent = 'You will be signed out in 2 minutes because nothing has happened here for a while.'
  const stay = document.createElement('button')
  stay.type = 'button'
  stay.className = 'govuk-button'
  stay.textContent = 'Stay signed in'
  stay.addEventListener('click', async () => {
    const answer = await fetch('/account/still-here', { credentials: 'same-origin' })
    box.remove()
    if (answer.ok && !answer.redirected) { watch() } else { window.location.reload() }
  })
  box.append(words, stay)
  document.body.append(box)
  stay.focus()
}

function watch () {
  if (seconds > WARN) { window.setTimeout(warn, (seconds - WARN) * 1000) }
}

watch()
