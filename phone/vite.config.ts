import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { filesUnder, fingerprint } from './tools/files.ts'
import { texts } from './tools/texts.ts'

const sources = resolve(import.meta.dirname, 'src')

export default defineConfig({
  base: '/phone/',
  plugins: [vue(), texts()],
  define: { 'import.meta.env.VITE_BUILD': JSON.stringify(fingerprint(filesUnder(sources), sources)) },
  server: { fs: { allow: [resolve(import.meta.dirname, '..')] } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // a strict policy (default-src 'self') refuses data: addresses
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
