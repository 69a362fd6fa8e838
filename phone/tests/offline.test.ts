import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ABILITIES } from '../src/app/abilities.ts'

it('says the same in the app and in docs/offline.md, line by line', () => {
  const page = readFileSync(new URL('../../docs/offline.md', import.meta.url), 'utf8').split('## What never happens')[0]!
  const rows = page.split('\n').filter((line) => line.startsWith('| ')).slice(1)
  const said = rows.map((line) => line.split('|')[2]!.trim()).map((word) => (word.startsWith('yes') ? 'yes' : word === 'in part' ? 'look' : 'no'))
  expect(said).toEqual(ABILITIES.map((one) => one.works))
})
