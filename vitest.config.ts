import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // No test replaces a module, so files can share those that are loaded.
    isolate: false,
    env: { NODE_EXTRA_CA_CERTS: '', OPENSPEC_TELEMETRY: '0', GIT_CONFIG_NOSYSTEM: '1' },
  },
})
