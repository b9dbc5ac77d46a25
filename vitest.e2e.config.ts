import { defineConfig } from 'vitest/config'

/** Tests against real peers (a browser, Docker, kubectl). They are skipped, with a message, where a peer is absent. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // A real peer that is late once, on a busy machine, is no fault of ours; twice is. The reporter names what it ran again.
    retry: 1,
  },
})
