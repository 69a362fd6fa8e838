import { describe, expect, it } from 'vitest'
import type { Tables } from '../sync/merge.ts'
import { markDirective, type How } from './commands.ts'
import type { Directive } from './directives.ts'
import { directiveEffect } from './effects.ts'

const row: Directive = {
  id: 'd1:ana', directive: 'd1', staff: 'ana', name: '每天消杀两次', issuer: '县指挥部', number: '', words: '', received: '2022-09-12', due: '2022-09-14',
  read_at: '', done_at: '', done: false, said: '',
}
const tables: Tables = { directive: new Map([[row.id, row]]) }
const AT = '2022-09-13T09:00:00+08:00'
const said = (before: Tables, how: How, actor = 'ana', words = ''): Tables =>
  directiveEffect(before, { ...markDirective({ directive: 'd1', how, said: words }), ref: 'r', at: AT, actor } as never)
const now = (after: Tables): Directive => after.directive!.get('d1:ana') as Directive

describe('a directive on the phone, before the server has answered', () => {
  it('is read', () => expect(now(said(tables, 'read'))).toMatchObject({ read_at: AT, done: false }))
  it('is done, and so read, with what was said', () =>
    expect(now(said(tables, 'done', 'ana', '都做了'))).toMatchObject({ read_at: AT, done: true, done_at: AT, said: '都做了' }))
  it('is not done after all, yet was read', () =>
    expect(now(said(said(tables, 'done'), 'undone'))).toMatchObject({ read_at: AT, done: false, done_at: '' }))
  it('of somebody else stays as it was', () => expect(now(said(tables, 'done', 'bo'))).toEqual(row))
})
