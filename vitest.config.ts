import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    // Files of one worker share their modules: reading all checks anew for each of some hundred files takes most of the
    // time. No test changes a module.
    isolate: false,
    maxWorkers: '100%',
    // Tests that run the command line share two cores with others: no test asks how fast something is.
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
})
