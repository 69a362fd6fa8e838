declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}
declare module 'virtual:texts/*' {
  const sentences: Record<string, string>
  export default sentences
}
declare module 'virtual:precache' {
  const list: { version: string; files: string[]; later: string[] }
  export default list
}
