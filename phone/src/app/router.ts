// Addresses after the #: /today, /table, /enrol/<token> …
import { ref } from 'vue'

export type Route = { name: string; rest: string }
const read = (): Route => {
  const [name = '', ...rest] = location.hash.replace(/^#\/?/, '').split('/')
  return { name: name || 'today', rest: decodeURIComponent(rest.join('/')) }
}

export const route = ref<Route>({ name: 'today', rest: '' })
export function startRouter(): void {
  route.value = read()
  addEventListener('hashchange', () => {
    route.value = read()
    scrollTo(0, 0)
  })
}
export const go = (path: string): void => void (location.hash = `#/${path}`)
/** Goes on without leaving a step behind (a one-time code must not stay in the history). */
export function goInstead(path: string): void {
  history.replaceState(null, '', `#/${path}`)
  route.value = read()
}
export const back = (): void => (history.length > 1 ? history.back() : go('today'))
