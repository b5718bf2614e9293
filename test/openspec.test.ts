import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

test("the project's own specs and changes are valid for OpenSpec, strictly", () => {
  const cli = join(ROOT, 'node_modules', '@fission-ai', 'openspec', 'bin', 'openspec.js')
  const env = { ...process.env, OPENSPEC_TELEMETRY: '0' }
  const run = spawnSync(process.execPath, [cli, 'validate', '--all', '--strict'], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  })
  expect(run.stdout + run.stderr).not.toMatch(/✗|\bnothing to validate\b/i)
  expect(run.status).toBe(0)
})
