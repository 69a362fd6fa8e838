// Scanners that type: letters faster than fingers, ended by Enter. Works on every screen, in no field.

const FASTEST_FINGER = 60 // ms between two keys
const SHORTEST = 4

/** Hears typed scans; answers the function that stops listening. */
export function listenForScans(heard: (text: string) => void, target: EventTarget = window): () => void {
  let letters = ''
  let last = 0
  function onKey(event: Event): void {
    const key = event as KeyboardEvent
    if (key.ctrlKey || key.altKey || key.metaKey) return
    if (key.timeStamp - last > FASTEST_FINGER) letters = ''
    last = key.timeStamp
    if (key.key === 'Enter') {
      if (letters.length >= SHORTEST) {
        key.preventDefault()
        key.stopPropagation()
        heard(letters)
      }
      letters = ''
    } else if (key.key.length === 1) letters += key.key
  }
  target.addEventListener('keydown', onKey, true)
  return () => target.removeEventListener('keydown', onKey, true)
}
