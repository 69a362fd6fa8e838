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
