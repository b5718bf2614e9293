import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parseLock } from '../../src/figures/lock/parse-lock.ts'
import { parseFrontmatter } from '../../src/markdown/parse-frontmatter.ts'
import { parseBaseLock } from '../../src/specs/base-lock.ts'
import {
  createRepository,
  gitEnvironment,
  type Repository,
  temporaryDirectory,
} from '../support/git-repository.ts'
import { installOpsx } from '../support/opsx-process.ts'
import { filesOf, lockOf, type Pair, pairs, type Version, versionsOf } from './branch-pairs.ts'

const LOCK = 'openspec/figures.lock.json'
const WAYS = ['merge', 'rebase', 'cherry-pick'] as const
const COUNT = process.env.OPSX_LONG ? 60 : 10
const RUNS = process.env.OPSX_LONG ? 4 : 1
const tools = temporaryDirectory()
const open: Repository[] = []
beforeAll(() => {
  installOpsx(tools)
})

afterEach(() => {
  for (const repository of open.splice(0)) repository.remove()
})

afterAll(() => rmSync(tools, { recursive: true, force: true }))

const env = {
  ...process.env,
  ...gitEnvironment,
  PATH: [tools, process.env.PATH ?? ''].join(delimiter),
  HOME: tools,
}

function run(repository: Repository, program: string, ...args: string[]): { ok: boolean; out: string } {
  try {
    const out = execFileSync(program, args, { cwd: repository.path, env, encoding: 'utf8', stdio: 'pipe' })
    return { ok: true, out }
  } catch (error) {
    return { ok: false, out: String((error as { stdout?: string }).stdout) }
  }
}

type Versions = ReturnType<typeof versionsOf>

/** A repository with every pair as a change of its own, on branches `ours` (checked out) and `theirs`. */
function branched(all: Versions[], driver: boolean): Repository {
  const repository = createRepository()
  open.push(repository)
  const write = (side: keyof Versions) => {
    const versions = all.map(each => each[side])
    const files = versions.flatMap((version, index) =>
      Object.entries(filesOf(version)).map(([name, text]) => [`openspec/changes/c${index}/${name}`, text]),
    )
    repository.write({ ...Object.fromEntries(files), [LOCK]: lockOf(versions) })
  }
  mkdirSync(join(repository.path, 'openspec'))
  if (driver) execFileSync('opsx', ['init', '--merge-driver'], { cwd: repository.path, env, stdio: 'pipe' })
  write('base')
  repository.commit('base')
  for (const side of ['theirs', 'ours'] as const) {
    repository.branch(side, 'main')
    write(side)
    repository.commit(side)
  }
  return repository
}

function bring(repository: Repository, way: (typeof WAYS)[number]): Set<string> {
  const words = {
    merge: ['merge', '--no-edit', 'theirs'],
    rebase: ['rebase', 'ours', 'theirs'],
    'cherry-pick': ['cherry-pick', 'theirs'],
  }
  run(repository, 'git', ...words[way])
  return new Set(repository.git('diff', '--name-only', '--diff-filter=U').split('\n').filter(Boolean))
}

function entriesOf(text: string): string[] {
  const log = parseFrontmatter(text).data.attempt_log
  const list = Array.isArray(log) ? log : log ? [log] : []
  return list.map(entry => JSON.stringify(entry))
}

const countOf = (list: string[], one: string) => list.filter(each => each === one).length

/** Every entry as often as on the side that has it more often: what one run wrote is there once. */
function expectUnion(merged: string, { ours, theirs }: Versions): void {
  const [result, one, other] = [merged, ours.proposal, theirs.proposal].map(entriesOf) as [
    string[],
    string[],
    string[],
  ]
  const expected = [...new Set([...one, ...other])].flatMap(entry =>
    Array(Math.max(countOf(one, entry), countOf(other, entry))).fill(entry),
  )
  expect([...result].sort()).toEqual(expected.sort())
}

/** What one side alone changed is as that side has it. */
function expectScalars(merged: string, { base, ours, theirs }: Versions): void {
  const [was, one, other, now] = [base.proposal, ours.proposal, theirs.proposal, merged].map(
    text => parseFrontmatter(text).data,
  ) as Record<string, unknown>[]
  for (const key of new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])) {
    if (key === 'attempt_log') continue
    const [b, o, t] = [was?.[key], one?.[key], other?.[key]]
    const allowed = o === b ? [t] : t === b ? [o] : [o, t]
    expect(allowed, key).toContain(now?.[key])
  }
}

function withoutLabels(text: string): string {
  return text.replace(/^([<|>])\1{6} [^\r\n]*/gm, '$1')
}

function expectProposal(read: (name: string) => string, versions: Versions): void {
  const merged = read('proposal.md')
  const front = parseFrontmatter(merged)
  expect(front.problem).toBeNull()
  expectUnion(merged, versions)
  expectScalars(merged, versions)
  const body = merged.slice(front.bodyOffset).replace(/^(?:\r?\n)+/, '')
  expect(withoutLabels(body)).toBe(withoutLabels(read('body.md')))
}

function expectBaseLock(text: string, { ours, theirs }: Versions): void {
  const { lock, problem } = parseBaseLock(text)
  expect(problem).toBeNull()
  const names = [...new Set([...ours.requirements.keys(), ...theirs.requirements.keys()])].sort()
  expect([...(lock?.requirements.keys() ?? [])]).toEqual(names)
}

function expectFigures(text: string, all: Versions[]): void {
  const { lock, problems } = parseLock(text)
  expect(problems).toEqual([])
  const told = (version: Version, name: string) => {
    const entry = version.figures.get(name)
    return entry ? [entry, ...entry.previous].map(({ value, at }) => `${value} ${at}`) : []
  }
  all.forEach(({ ours, theirs }, index) => {
    for (const name of new Set([...ours.figures.keys(), ...theirs.figures.keys()])) {
      const entry = lock.get(`c${index}.${name}`)
      const known = entry ? [entry, ...entry.previous] : []
      const values = known.map(({ value }) => value)
      for (const fact of [...told(ours, name), ...told(theirs, name)])
        expect(values.map(String)).toContain(fact.split(' ')[0])
      const formers = (entry?.previous ?? []).map(({ value, at }) => `${value} ${at}`)
      expect(new Set(formers).size).toBe(formers.length)
    }
  })
}

function expectMerged(repository: Repository, all: Versions[]): void {
  const read = (path: string) => readFileSync(join(repository.path, path), 'utf8')
  all.forEach((versions, index) => {
    const directory = `openspec/changes/c${index}`
    expectProposal(name => read(`${directory}/${name}`), versions)
    expectBaseLock(read(`${directory}/specs/a/base.lock.json`), versions)
  })
  expectFigures(read(LOCK), all)
}

const generated = (check: (all: Versions[]) => void) =>
  fc.assert(
    fc.property(fc.array(pairs, { minLength: COUNT, maxLength: COUNT }), (given: Pair[]) =>
      check(given.map(versionsOf)),
    ),
    { numRuns: RUNS, seed: 61, endOnFailure: true },
  )

describe.each(WAYS)('two branches brought together by git %s', { timeout: 1_200_000 }, way => {
  it('lose and double no entry once ledger lint --fix has resolved the conflicts', () => {
    generated(all => {
      const repository = branched(all, false)
      bring(repository, way)
      run(repository, 'opsx', 'ledger', 'lint', '--fix')
      expectMerged(repository, all)
      const again = JSON.parse(run(repository, 'opsx', 'ledger', 'lint', '--fix', '--json').out)
      expect(again.writes).toEqual([])
    })
  })

  it('lose and double no entry with the merge driver, and conflict only where people do', () => {
    generated(all => {
      const repository = branched(all, true)
      const unmerged = bring(repository, way)
      expectMerged(repository, all)
      const bodies = all
        .map((_, index) => `openspec/changes/c${index}/`)
        .filter(path => unmerged.has(`${path}body.md`))
      const left = [...unmerged].filter(path => !path.endsWith('/body.md'))
      expect(left.sort()).toEqual(bodies.map(path => `${path}proposal.md`).sort())
    })
  })
})

it('are merged by git alone where they did not write at the same place, and the number is reported', () => {
  const all = fc.sample(pairs, { numRuns: process.env.OPSX_LONG ? 2000 : 200, seed: 62 }).map(versionsOf)
  const unmerged = bring(branched(all, false), 'merge')
  const isClean = (_: Versions, index: number) => !unmerged.has(`openspec/changes/c${index}/proposal.md`)
  const isBoth = ({ base, ours, theirs }: Versions) =>
    ours.proposal !== base.proposal && theirs.proposal !== base.proposal
  const clean = all.filter(isClean).length
  const both = all.filter(isBoth).length
  const cleanBoth = all.filter((each, index) => isBoth(each) && isClean(each, index)).length
  console.log(
    `${clean} of ${all.length} pairs of branches merged without any conflict in the proposal (${percent(clean, all.length)}); ` +
      `of the ${both} that both changed it, ${cleanBoth} did (${percent(cleanBoth, both)}).`,
  )
  expect(cleanBoth).toBeGreaterThan(0)
})

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)}%`
}
