// Sentences in the reader's language. One language is in memory; the others come when asked for.
import { ref, shallowRef } from 'vue'

export type Language = 'zh' | 'bo' | 'en'
export const LANGUAGES: { code: Language; name: string; tag: string }[] = [
  { code: 'zh', name: '中文', tag: 'zh-Hans' },
  { code: 'bo', name: 'བོད་ཡིག', tag: 'bo' },
  { code: 'en', name: 'English', tag: 'en' },
]
const SOURCES: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  zh: () => import('virtual:texts/zh'),
  bo: () => import('virtual:texts/bo'),
  en: () => import('virtual:texts/en'),
}
const KEPT_AS = 'zhegu.language'

export const language = ref<Language>('zh')
const sentences = shallowRef<Record<string, string>>({})

export const hasText = (key: string): boolean => key in sentences.value

/** The sentence, its {placeholders} filled. An unknown key shows itself, so that it is noticed. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const sentence = sentences.value[key] ?? key
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}

export async function speak(code: Language): Promise<void> {
  sentences.value = (await SOURCES[code]()).default
  language.value = code
  if (typeof document !== 'undefined') {
    document.documentElement.lang = LANGUAGES.find((one) => one.code === code)!.tag
    document.title = t('phone.app_name')
    localStorage.setItem(KEPT_AS, code)
  }
}

/** One sentence in a language that is not being read: what is said to someone else. */
export const sentenceIn = async (code: Language, key: string): Promise<string> => (await SOURCES[code]()).default[key] ?? key

/** What was chosen here before; else Chinese, unless the phone itself speaks Tibetan or English. */
export function chosenLanguage(): Language {
  const known = [localStorage.getItem(KEPT_AS), ...navigator.languages.map((tag) => tag.slice(0, 2))]
  return (known.find((code) => LANGUAGES.some((one) => one.code === code)) ?? 'zh') as Language
}
