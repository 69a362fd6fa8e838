// The command of directives: its name and body as contracts/phone.schema.json has them. Only here.
import type { Command } from '../sync/live.ts'

export const MARK = 'outbreaks.mark_directive'
export type How = 'read' | 'done' | 'undone'
export type MarkBody = { directive: string; how: How; said: string }

export const markDirective = (body: MarkBody): Command => ({ kind: MARK, body })
