// A measure with its days, as the server tells it.
import type { Language } from '../ui/text.ts'

export type Measure = {
  name: string
  name_bo: string
  grid: number
  house: string
  phone: string
  measure: Record<Language, string>
  stage: string
  since: string
  test_on: string
  test_until: string
  tests_done: number
  tests: number
  over_on: string
  last: boolean
  review_on: string
}
