// A gate's facts as people say them.
import { t } from '../ui/text.ts'
import type { Proposal } from './rules.ts'
import type { Crossing, Visitor } from './visitors.ts'

/** Why it is proposed, and which check decided it. */
export const reasonOf = ({ why, check }: Proposal): string =>
  [check && why !== 'fever' ? t(`checkpoints.check_${check}`) : '', t(`checkpoints.why_${why}`)].filter(Boolean).join(': ')

/** What stands in large letters: the plate, else the name, else how many on foot. */
export const whoIs = ({ plate, name, people }: Crossing | Visitor): string => plate || name || t('phone.gate_on_foot', { n: people })

/** What stands below it. */
export const aboutThem = ({ plate, name, people, coming_from, going_to, errand }: Crossing | Visitor): string =>
  [plate ? name : '', t('phone.gate_people', { n: people }), [coming_from, going_to].filter(Boolean).join(' → '), errand === 'other' ? '' : t(`checkpoints.errand_${errand}`)]
    .filter(Boolean).join(' · ')
