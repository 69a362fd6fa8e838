// Light by day, dark on night shifts, or as the phone has it.
import { ref } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
const KEPT_AS = 'zhegu.theme'
export const theme = ref<Theme>('auto')

export function wear(chosen: Theme): void {
  theme.value = chosen
  localStorage.setItem(KEPT_AS, chosen)
  if (chosen === 'auto') document.documentElement.removeAttribute('data-theme')
  else document.documentElement.dataset.theme = chosen
}

export const wearAsBefore = (): void => wear((localStorage.getItem(KEPT_AS) as Theme | null) ?? 'auto')
