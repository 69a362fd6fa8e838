import { describe, expect, it } from 'vitest'
import { footOf, homeOf, MOST, placeOf, placesFor, screenFor, type Place } from './places.ts'

const ROOMS: Place[] = [
  { name: 'mine', icon: '', words: '', roles: ['gate_keeper'], also: ['part'] },
  { name: 'theirs', icon: '', words: '', roles: ['courier'] },
  { name: 'everybody', icon: '', words: '', roles: [] },
]
const names = (places: Place[]) => places.map((place) => place.name)

describe('the places at the foot of the screen', () => {
  it('are those of the roles somebody holds, in the order of the list', () => {
    expect(names(placesFor(['gate_keeper'], ROOMS))).toEqual(['mine', 'everybody'])
    expect(names(placesFor(['courier', 'gate_keeper'], ROOMS))).toEqual(['mine', 'theirs', 'everybody'])
    expect(names(placesFor([], ROOMS))).toEqual(['everybody'])
  })
  it('are those of the table for a sampler, and for someone of whom no role is known', () => {
    for (const roles of [['sampler'], ['grid_worker'], ['office'], []]) {
      expect(names(placesFor(roles)).slice(0, 2)).toEqual(['today', 'table'])
      expect(homeOf(roles)).toBe('today')
    }
  })
  it('never are more than fit; the rest stand on the last one', () => {
    const many = Array.from({ length: 7 }, (_, n) => ({ ...ROOMS[2]!, name: `r${n}` }))
    const { foot, rest } = footOf(many)
    expect(names(foot)).toEqual([...names(many.slice(0, MOST)), 'more'])
    expect(names(rest)).toEqual(names(many.slice(MOST)))
  })
  it('begin where the work is', () => {
    expect(homeOf(['courier'], ROOMS)).toBe('theirs')
    expect(homeOf(['observer'], ROOMS.slice(0, 2))).toBe('more')
    expect(screenFor('today', ['courier'], ROOMS)).toBe('theirs')
    expect(screenFor('part', ['courier'], ROOMS)).toBe('part')
    expect(screenFor('today', ['sampler'])).toBe('today')
  })
  it('stay marked while one of their screens is open', () => {
    expect(placeOf('part', ROOMS)).toBe('mine')
    expect(placeOf('unsent', ROOMS)).toBe('more')
    expect(placeOf('elsewhere', ROOMS)).toBe('elsewhere')
  })
})
