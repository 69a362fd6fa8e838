// What the medicine team has to buy and bring: urgent first, what is bought last.
import { computed } from 'vue'
import { act, rowsOf } from '../sync/live.ts'
import { keepBoxPhoto, type Medicine } from './commands.ts'

const weight = (one: Medicine): number => (one.bought ? 2 : 0) + (one.urgent ? 0 : 1)
export const requests = computed(() => [...rowsOf<Medicine>('medicine').values()].sort((a, b) => weight(a) - weight(b) || a.no - b.no))
export const exactly = (one: Medicine): string => `${one.drug} ${one.strength} × ${one.boxes}`
export const keepPhoto = (one: Medicine, picture: string): Promise<unknown> => act([keepBoxPhoto(one.id, picture)])
