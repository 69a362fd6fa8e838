import { describe, expect, it } from 'vitest'
import { view, type Entry, type Tables } from '../sync/merge.ts'
import { BOX_PHOTO, type Medicine } from './commands.ts'
import { askingEffect } from './effects.ts'

const one: Medicine = { id: 'm', no: 3, drug: '氨氯地平', strength: '5mg', maker: '某药厂', boxes: 2, brand: true, prescription: false, urgent: false, grid: 1, door: '1-1', bought: false, photos: 0 }
const base: Tables = { medicine: new Map([['m', one]]) }
const entry = (standing: Entry['standing']): Entry => ({ ref: 'r', seq: 1, kind: BOX_PHOTO, actor: 'a', at: '2022-09-13T02:00:00Z', body: { order: 'm', picture: '/9j/' }, standing })
const photos = (standing: Entry['standing']): number => (view(base, [entry(standing)], 0, askingEffect).medicine!.get('m') as Medicine).photos

describe('a picture of a box without a network', () => {
  it('is kept at once, and waits to be sent', () => expect(photos('waiting')).toBe(1))
  it('counts no more where it was refused', () => expect(photos('refused')).toBe(0))
})
