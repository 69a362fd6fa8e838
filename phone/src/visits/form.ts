// What is typed at a door, and what of it is sent.
import { t } from '../ui/text.ts'
import type { Answer, Question } from './commands.ts'

export type Form = {
  answers: Record<string, string>
  masks: string
  advised: boolean
  note: string
  care: string[]
  care_words: string
  on_behalf: string
}
export const emptyForm = (): Form => ({ answers: {}, masks: '', advised: false, note: '', care: [], care_words: '', on_behalf: '' })

const MOST = 1_000_000
const isCount = (said: string): boolean => /^\d{1,7}$/.test(said) && Number(said) <= MOST

/** What is wrong, in words; '' where nothing is. */
export function wrongIn(questions: readonly Question[], form: Form): string {
  const bad = questions.find(({ code, kind }) => kind === 'number' && form.answers[code] && !isCount(form.answers[code].trim()))
  if (bad) return `${bad.words}: ${t('visits.bad_number')}`
  return form.masks && !/^\d{1,3}$/.test(form.masks.trim()) ? t('visits.bad_number') : ''
}

/** Answers as the server takes them; what nobody was asked is left out. */
export function answersOf(questions: readonly Question[], form: Form): Record<string, Answer> {
  const found: Record<string, Answer> = {}
  for (const { code, kind } of questions) {
    const said = (form.answers[code] ?? '').trim()
    if (said) found[code] = kind === 'yes_no' ? said === 'yes' : kind === 'number' ? Number(said) : said
  }
  return found
}
