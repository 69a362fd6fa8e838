// Second pass: the service worker as one classic script, with the list of files the first pass made.
import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import { precache } from './tools/precache.ts'

export default defineConfig({
  base: '/phone/',
  publicDir: false,
  plugins: [precache(resolve(import.meta.dirname, 'dist'))],
  build: {
    target: 'es2022',
    emptyOutDir: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: resolve(import.meta.dirname, 'src/app/worker.ts'),
      output: { format: 'iife', entryFileNames: 'sw.js' },
    },
  },
})
