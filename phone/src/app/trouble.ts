// Something the program did not foresee: said on the screen, never silent, and what was recorded stays.
import { ref } from 'vue'

export const trouble = ref('')
export function notice(error: unknown): void {
  console.error(error)
  const { name } = (error ?? {}) as Error
  trouble.value = name === 'QuotaExceededError' ? 'full' : 'unforeseen'
}
