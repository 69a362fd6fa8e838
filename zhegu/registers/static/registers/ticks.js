// Says how many lines are ticked; acts on nobody are not offered.
const tell = () => {
  for (const form of document.querySelectorAll('form[data-ticks]')) {
    const said = form.querySelector('[data-count]')
    if (!said) continue
    const ticked = form.querySelectorAll('input[name=person]:checked').length
    const everyone = form.querySelector('input[name=everyone]')?.checked
    said.textContent = ticked && !everyone ? said.dataset.words.replace('#', ticked) : ''
    for (const button of form.querySelectorAll('button[name=act]')) button.disabled = !ticked && !everyone
  }
}
document.addEventListener('change', tell)
document.addEventListener('htmx:afterSwap', tell)
tell()
