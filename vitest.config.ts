import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    // Tests that run the command line share two cores with others: no test asks how fast something is.
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
})
