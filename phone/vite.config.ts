import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { texts } from './tools/texts.ts'

export default defineConfig({
  base: '/phone/',
  plugins: [vue(), texts()],
  server: { fs: { allow: [resolve(import.meta.dirname, '..')] } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // a strict policy (default-src 'self') refuses data: addresses
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
