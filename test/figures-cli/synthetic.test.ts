import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createWorkspace } from '../../src/adapters/workspace.ts'
import { commandDigest } from '../../src/figures/measuring/command-digest.ts'
import { readFigures } from '../../src/figures/reading/read-figures.ts'
import { runOpsx } from '../support/cli.ts'
import { directory } from '../support/figure-fixture.ts'
import { createRepository, type Repository } from '../support/git-repository.ts'
import { bound, drifts, SITUATION } from '../support/synthetic-bindings.ts'
import { LOCK } from './bench.ts'
import { figureFindings } from './measured-change.ts'

const CHANGE = 'openspec/changes/split-harbor-index'
const TEXTS = ['proposal.md', 'design.md', 'tasks.md', 'specs/harbor-index/spec.md']

/** The situation in a repository of its own, bound, its lock with the digests that measuring would have written here. */
function checkout(): Repository {
  const repository = createRepository()
  onTestFinished(() => repository.remove())
  cpSync(join(directory(SITUATION), 'openspec'), join(repository.path, 'openspec'), { recursive: true })
  for (const file of TEXTS) {
    const path = `${CHANGE}/${file}`
    const text = readFileSync(join(repository.path, path), 'utf8')
    repository.write({ [path]: bound({ file, text }) })
  }
  const figures = readFigures(createWorkspace(repository.path))
  const lock = JSON.parse(readFileSync(join(repository.path, LOCK), 'utf8'))
  for (const definition of figures?.definitions.definitions ?? []) {
    for (const figure of definition.figures) {
      const entry = lock.figures[figure.name]
      if (!entry) continue
      entry.command = commandDigest(definition, figure)
      entry.inputs = figures?.inputs.digest(definition.inputs)
    }
  }
  repository.commit('Begin', { [LOCK]: JSON.stringify(lock) })
  return repository
}

it('finds every labelled drift of a bound change and nothing else, and reconciles what it may', async () => {
  const repository = checkout()
  const opsx = (...args: string[]) => runOpsx(args, { cwd: repository.path })
  const places = async () =>
    figureFindings(await opsx('figures', 'check', '--json'))
      .filter(({ code }) => code !== 'figure/header')
      .map(({ code, file, line, figure }) => `${code} ${file}:${line} ${figure}`)
  const labelled = drifts.map(({ file, line, figure }) => `figure/drift ${CHANGE}/${file}:${line} ${figure}`)
  expect((await places()).sort()).toEqual([...new Set(labelled)].sort())
  expect((await opsx('figures', 'reconcile', '--write', '--force')).exitCode).toBe(0)
  expect(await places()).toEqual([])
  expect((await opsx('figures', 'reconcile', '--write', '--json')).json()).toMatchObject({
    edits: [],
    writes: [],
  })
})
