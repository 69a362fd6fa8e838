// Big things fetched once while there is a network and kept for when there is none. The service worker reads the
// same cache; a page that it does not look after yet fills it too.

export const LAZY = 'lazy-1'

/** The thing at this address is on the phone, now or before; a missing network is no error. */
export async function keep(url: string): Promise<void> {
  try {
    const cache = await caches.open(LAZY)
    if (!(await cache.match(url))) await cache.add(url)
  } catch {
    // tried again at the next start
  }
}

/** The Tibetan letters, 165 kB: names are shown in them in every language. */
export const keepTibetan = (): Promise<void> => keep('/static/fonts/ddc-uchen.woff2')
