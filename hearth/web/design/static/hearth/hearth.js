// Smooths what already works without it: shows what needs a script, and warns before the session ends.
for (const part of document.querySelectorAll('.hearth-needs-script')) { part.hidden = false }

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
