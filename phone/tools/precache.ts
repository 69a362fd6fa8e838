// What the service worker keeps from the start: everything the first pass built, except itself and the scanner's
// wasm (`later`: 416 kB, fetched at sign-on or first scan).
import { relative } from 'node:path'
import type { Plugin } from 'vite'
import { filesUnder, fingerprint } from './files.ts'

export type Precache = { version: string; files: string[]; later: string[] }

const address = (path: string): string =>
  path === 'manifest.webmanifest' ? `/${path}` : `/phone/${path === 'index.html' ? '' : path}`

/** The addresses of both sorts, and one fingerprint over the bytes of those kept from the start. */
export function precacheList(dist: string): Precache {
  const built = filesUnder(dist).filter((path) => !path.endsWith('sw.js'))
  const first = built.filter((path) => !path.endsWith('.wasm'))
  const later = built.filter((path) => path.endsWith('.wasm'))
  const addresses = (paths: string[]) => paths.map((path) => address(relative(dist, path)))
  return { version: fingerprint(first, dist), files: addresses(first), later: addresses(later) }
}

export function precache(dist: string): Plugin {
  const id = 'virtual:precache'
  return {
    name: 'zhegu-precache',
    resolveId: (asked) => (asked === id ? `\0${id}` : undefined),
    load: (asked) => (asked === `\0${id}` ? `export default ${JSON.stringify(precacheList(dist))}` : undefined),
  }
}
