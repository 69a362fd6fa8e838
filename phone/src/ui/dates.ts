// Moments as people say them: 9月13日 周二, 14:05.
import { begins, DAY } from './days.ts'
import { t } from './text.ts'

const two = (n: number): string => String(n).padStart(2, '0')

export const clockTime = (at: number): string => `${two(new Date(at).getHours())}:${two(new Date(at).getMinutes())}`

export function dayName(at: number): string {
  const day = new Date(at)
  return t('phone.date', { month: day.getMonth() + 1, day: day.getDate(), weekday: t(`phone.weekday_${day.getDay()}`) })
}

/** Of a day as data says it. */
export const dayNamed = (iso: string): string => dayName(begins(iso) + DAY / 2)

/** How long ago, in the largest unit that fits. */
export function ago(at: number, now: number): string {
  const minutes = Math.max(0, Math.round((now - at) / 60_000))
  if (minutes < 1) return t('phone.ago_now')
  if (minutes < 60) return t('phone.ago_minutes', { n: minutes })
  if (minutes < 48 * 60) return t('phone.ago_hours', { n: Math.round(minutes / 60) })
  return t('phone.ago_days', { n: Math.round(minutes / 1440) })
}
