// Small help for the office pages: keyboard in lists, no double posts, dates of the browser are not used.
document.addEventListener('keydown', (event) => {
  const list = document.querySelector('table.list[data-keys]')
  if (!list || event.target.matches('textarea, select')) return
  const rows = [...list.querySelectorAll('tbody tr')]
  const at = rows.findIndex((row) => row.getAttribute('aria-selected') === 'true')
  const go = (to) => {
    if (at >= 0) rows[at].removeAttribute('aria-selected')
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))]
    if (!row) return
    row.setAttribute('aria-selected', 'true')
    row.scrollIntoView({ block: 'nearest' })
    event.preventDefault()
  }
  if (event.key === 'ArrowDown') go(at + 1)
  else if (event.key === 'ArrowUp') go(at - 1)
  else if (event.key === 'Enter' && at >= 0 && !event.target.matches('button, a')) {
    const link = rows[at].querySelector('a')
    if (link) { event.preventDefault(); link.click() }
  } else if (event.key === 'Escape' && at >= 0) rows[at].removeAttribute('aria-selected')
})

// A digit chooses among what fits an entry (0: none of these). Where nothing else was doubtful the entry is fine with
// that, and the next one follows; in a field that is typed into, a digit is a digit.
document.addEventListener('keydown', (event) => {
  const card = event.target.closest?.('[data-choose]')
  if (!card || !/^\d$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return
  if (event.target.matches('textarea, select, input:not([type=radio]):not([type=checkbox])')) return
  const one = card.querySelector(`[data-digit="${event.key}"]`)
  if (!one) return
  event.preventDefault()
  one.checked = true
  const only = card.dataset.choose === 'only' && event.key !== '0'
  if (only) card.querySelector('[data-fine]').checked = true
  const cards = [...card.form.querySelectorAll('fieldset.card')]
  const next = only ? cards[cards.indexOf(card) + 1] : null
  const to = next?.querySelector('[data-digit]:checked, input') ?? card.querySelector(only ? '[data-fine]' : '.filters input')
  to?.focus()
})

// What was chosen stands beside the button.
document.addEventListener('change', (event) => {
  const said = event.target.matches('.pick input') && event.target.parentElement.querySelector('[data-chosen]')
  if (!said) return
  said.dataset.chosen ||= said.textContent
  said.textContent = [...event.target.files].map((file) => file.name).join('、') || said.dataset.chosen
})

document.addEventListener('submit', (event) => {
  const button = event.submitter
  if (!button || event.target.method !== 'post' || event.target.hasAttribute('data-again')) return
  // Disabled only after the form has been read, or the button's own value would be lost.
  setTimeout(() => { button.disabled = true }, 0)
  setTimeout(() => { button.disabled = false }, 4000)
})

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print()
  const copy = event.target.closest('[data-copy]')
  if (copy) navigator.clipboard?.writeText(document.querySelector(copy.dataset.copy).textContent)
})

document.addEventListener('change', (event) => {
  const all = event.target.closest('[data-select-all]')
  if (!all) return
  for (const box of document.querySelectorAll(all.dataset.selectAll)) box.checked = all.checked
})

// A session that ended while a list was refreshing itself must not draw the log-in into the list.
document.addEventListener('htmx:beforeSwap', (event) => {
  if (event.detail.xhr.responseURL.includes('/login/')) { event.detail.shouldSwap = false; location.reload() }
})
