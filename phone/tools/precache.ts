// What the service worker keeps from the start: everything the first pass built, except the scanner's wasm
// (416 kB, fetched at sign-on or first scan) and the worker itself.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Plugin } from 'vite'

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}

/** Addresses below /phone/ and one fingerprint over the bytes of all of them. */
export function precacheList(dist: string): { version: string; files: string[] } {
  const kept = filesUnder(dist).filter((path) => !/\.wasm$|sw\.js$|manifest\.webmanifest$/.test(path)).sort()
  const hash = createHash('sha256')
  for (const path of kept) hash.update(relative(dist, path)).update(readFileSync(path))
  const files = kept.map((path) => relative(dist, path)).map((path) => (path === 'index.html' ? '' : path))
  return { version: hash.digest('hex').slice(0, 16), files: files.map((path) => `/phone/${path}`) }
}

export function precache(dist: string): Plugin {
  const id = 'virtual:precache'
  return {
    name: 'zhegu-precache',
    resolveId: (asked) => (asked === id ? `\0${id}` : undefined),
    load: (asked) => (asked === `\0${id}` ? `export default ${JSON.stringify(precacheList(dist))}` : undefined),
  }
}
