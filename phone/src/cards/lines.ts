/**
 * For the test that compares both verifiers: reads the trust list from the file named first, JSON lines
 * {"text": …} from standard input, answers one JSON line each. Run by node itself; never bundled.
 */
import { readFileSync } from 'node:fs'
import { trustFromPlain } from './trust.ts'
import { verify } from './verify.ts'

const trust = await trustFromPlain(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
const lines = readFileSync(0, 'utf8').split('\n').filter(Boolean)
const answers: string[] = []
const started = performance.now()
for (const line of lines) {
  const verdict = await verify(JSON.parse(line).text, trust)
  answers.push(JSON.stringify(verdict.valid ? { valid: true, claims: verdict.claims } : verdict))
}
console.error(JSON.stringify({ texts: lines.length, seconds: (performance.now() - started) / 1000 }))
console.log(answers.join('\n'))
