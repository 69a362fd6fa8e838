// The first load in gzip bytes, as the server sends it: page, style, program and one language; without font and wasm.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const GOAL = 145_000
const assets = readdirSync(new URL('assets/', dist))
const first = ['index.html', 'sw.js', ...assets.filter((name) => /^(index|zh)-.*\.(js|css)$/.test(name)).map((name) => `assets/${name}`)]
let sum = 0
for (const name of first) {
  const size = gzipSync(readFileSync(new URL(name, dist)), { level: 6 }).length
  sum += size
  console.log(String(size).padStart(8), name)
}
console.log(String(sum).padStart(8), `first load; goal ${GOAL}`)
process.exitCode = sum > GOAL ? 1 : 0
