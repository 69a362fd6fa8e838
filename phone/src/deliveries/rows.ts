// The rows of a run as the server gives them.
import type { Row } from '../sync/merge.ts'

export type Mate = { key: string; name: string; truck: number }
export type Run = Row & { name: string; kind: string; station: string; depot: string; team: Mate[] }
export type Stop = Row & { run: string; no: number; grid: number; door: string; phone: string; urgent: boolean; due: number; skipped: boolean }
export type Visit = Row & { run: string; truck: number; day: number; position: number; place: string; stop: string; minute: number; collect: number[]; hand_back: number[] }
export type Line = { position: number; item: string; quantity: number; unit: string; spec: string; price: number | null }
export type Parcel = Row & {
  run: string; stop: string; no: number; thing: 'parcel' | 'cylinder' | 'bag'; what: string; size: string; mark: string; holder: string
  collected: boolean; filled: boolean; disinfected: boolean; returned: boolean; unfit: string
  /** Nothing of it is wanted any more. */
  off: boolean
  lines: Line[]
  /** What this phone said of it is missing, and can take back, the last one last. */
  said?: { ref: string; lines: Line[]; what: string; due: number }[]
  /** Of this phone's own last hand-over, which can be taken back. */
  hand?: string
  before?: { holder: string; collected: boolean; returned: boolean; mark: string }
}
export type Hand = Row & { run: string; giver: string; taker: string; by: string; things: number[] }
