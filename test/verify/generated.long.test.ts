import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { runOpsx } from '../support/cli.ts'
import { createRepository, type Repository } from '../support/git-repository.ts'

const generator = new URL('../../bench/generate.mjs', import.meta.url).href
const { generateRepository } = (await import(generator)) as {
  generateRepository(options: { directory: string; changes: number }): unknown
}

const sizes = process.env.OPSX_LONG ? [1, 100, 1_000] : [1, 100]
const repositories: Repository[] = []

// A thousand changes on a busy machine.
vi.setConfig({ testTimeout: 600_000 })

afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

interface Found {
  code: string
  severity: string
  change: string | null
}

/** `opsx verify --all` on the branch that is checked out. */
async function verifyAll({ path }: Repository) {
  const ran = await runOpsx(['verify', '--all', '--json'], { cwd: path })
  const { findings, changes } = ran.json() as {
    findings: Found[]
    changes: { change: string; phase: string; decision: string }[]
  }
  return { exitCode: ran.exitCode, changes, loud: findings.filter(({ severity }) => severity !== 'info') }
}

function repositoryWith(): Repository {
  const repository = createRepository()
  // Packing in the background would outlive the test.
  repository.git('config', 'gc.auto', '0')
  repositories.push(repository)
  return repository
}

it.each(sizes)('%i generated changes on the branch they are made on: nothing above info', async changes => {
  const repository = repositoryWith()
  repository.commit('Begin', { 'README.md': '# Begin\n' })
  repository.branch('work')
  generateRepository({ directory: repository.path, changes })
  repository.commit('Plan the changes')

  const verified = await verifyAll(repository)

  expect(verified.exitCode).toBe(0)
  expect(verified.changes).toHaveLength(changes)
  expect(verified.loud).toEqual([])
})

it.each(sizes)(
  '%i generated changes on the default branch: only passes wait for the archive',
  async changes => {
    const repository = repositoryWith()
    generateRepository({ directory: repository.path, changes })
    repository.commit('Land the changes')

    const verified = await verifyAll(repository)

    const passed = verified.changes.filter(({ phase }) => phase === 'In Review').map(({ change }) => change)
    expect(verified.exitCode).toBe(0)
    expect(passed.length).toBeGreaterThan(0)
    expect(verified.loud.map(({ code, severity, change }) => [code, severity, change])).toEqual(
      passed.map(change => ['ledger/archive-debt', 'warning', change]),
    )
  },
)

/** What a merged PASS asks for: its deltas, which only add, become main specs, and its directory history. */
function archivePasses(repository: Repository): number {
  const changes = join(repository.path, 'openspec/changes')
  const passes = readdirSync(changes).filter(name => {
    return /^- \[x\] \(pass\)/m.test(readFileSync(join(changes, name, 'verify.md'), 'utf8'))
  })
  mkdirSync(join(changes, 'archive'))
  for (const name of passes) {
    for (const capability of readdirSync(join(changes, name, 'specs'))) {
      const added = readFileSync(join(changes, name, 'specs', capability, 'spec.md'), 'utf8')
      const requirements = added.replace('## ADDED Requirements', '## Requirements')
      const purpose = `Says what ${capability} does for the people who use it, and what it never does to them.`
      const text = `# ${capability} Specification\n\n## Purpose\n\n${purpose}\n\n${requirements}`
      repository.write({ [`openspec/specs/${capability}/spec.md`]: text })
    }
    renameSync(join(changes, name), join(changes, 'archive', `2026-06-12-${name}`))
  }
  return passes.length
}

it.each(sizes)(
  '%i generated changes on the default branch, passes archived: nothing above info',
  async changes => {
    const repository = repositoryWith()
    generateRepository({ directory: repository.path, changes })
    const archived = archivePasses(repository)
    repository.commit('Land and archive')

    const verified = await verifyAll(repository)

    expect(archived).toBeGreaterThan(0)
    expect(verified.changes).toHaveLength(changes - archived)
    expect([verified.exitCode, verified.loud]).toEqual([0, []])
  },
)
