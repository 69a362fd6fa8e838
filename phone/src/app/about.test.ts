import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { releaseMeasure } from '../monitoring/commands.ts'
import { measureEffect } from '../monitoring/effects.ts'
import { entries, rowsOf, takeIn, useEffects } from '../sync/live.ts'
import type { Entry } from '../sync/merge.ts'
import { personOf } from './about.ts'

it('names who is let go while the release waits', async () => {
  await takeIn({ cursor: '', full: true, tables: { measure: { put: [{ id: 'm', name: '扎西' }], drop: [] } } }, 1)
  const waits = { ...releaseMeasure({ measure: 'm', words: '' }), ref: 'r', seq: 1, actor: 'a', at: '2022-09-20T09:00:00+08:00', standing: 'waiting' } as Entry
  useEffects([measureEffect])
  entries.value = [waits]
  expect(rowsOf('measure').has('m')).toBe(false)
  expect(personOf(waits)).toBe('扎西')
})
