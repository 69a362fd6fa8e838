import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { texts } from './tools/texts.ts'

export default defineConfig({
  plugins: [vue(), texts()],
  test: { include: ['src/**/*.test.ts', 'tests/**/*.test.ts'], environment: 'node', maxWorkers: 1 },
})
