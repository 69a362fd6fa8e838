// What works with no network at all: yes, in part (look), or not. docs/offline.md is the same table with its limits.
import type { Signal } from '../ui/sound.ts'

export const ABILITIES: { code: string; works: Signal }[] = [
  { code: 'open', works: 'yes' },
  { code: 'unlock', works: 'yes' },
  { code: 'sample', works: 'yes' },
  { code: 'undo', works: 'yes' },
  { code: 'find', works: 'yes' },
  { code: 'missing', works: 'yes' },
  { code: 'add', works: 'yes' },
  { code: 'check', works: 'yes' },
  { code: 'gate', works: 'yes' },
  { code: 'arrive', works: 'yes' },
  { code: 'asking', works: 'yes' },
  { code: 'duties', works: 'yes' },
  { code: 'visit', works: 'yes' },
  { code: 'care', works: 'yes' },
  { code: 'export', works: 'yes' },
  { code: 'already', works: 'look' },
  { code: 'other_grid', works: 'look' },
  { code: 'gate_lists', works: 'look' },
  { code: 'visited', works: 'look' },
  { code: 'counts', works: 'look' },
  { code: 'after_72h', works: 'look' },
  { code: 'enrol', works: 'no' },
  { code: 'sign_on', works: 'no' },
  { code: 'calls', works: 'no' },
]
