import {
  appendFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Context } from '../../src/adapters/context.ts'
import { contextWith, type Ran, runOpsx } from '../support/cli.ts'
import { createRepository, type Files, type Repository } from '../support/git-repository.ts'
import { spawnOpsx } from '../support/opsx-process.ts'
import { readFile } from '../support/scenario.ts'
import { BASE, CODE, changeOf, DONE, MAIN_SPEC, mainSpec, OPEN, requirement, scenario } from './subject.ts'

const LONG = Boolean(process.env.OPSX_LONG)
const LONGEST_MS = LONG ? 3_600_000 : 120_000
const COUNT = 52
const FIGURES = 'openspec/figures.yaml'
const LOCK = 'openspec/figures.lock.json'

const nameOf = (index: number) => `change-${String(index % COUNT).padStart(2, '0')}`
const directoryOf = (index: number) => `openspec/changes/${nameOf(index)}`

interface Kept {
  repository: Repository
  /** With what earlier runs of the same process kept. */
  cached(...args: string[]): Promise<Ran>
  /** With nothing. */
  anew(...args: string[]): Promise<Ran>
  /** How often something was kept. */
  writes(): number
  text(): string | undefined
  put(text: string): void
  as(build: string): void
}

/** More changes than opsx judges without a cache: open, done, verified, with figures, with an area of their own. */
async function createKept(): Promise<Kept> {
  const repository = createRepository()
  onTestFinished(() => repository.remove())
  repository.commit('Begin', { ...BASE, ...FIGURE_FILES, '.gitignore': '*.tmp\n' })
  repository.commit('Plan', Object.assign({}, ...Array.from({ length: COUNT }, (_, index) => filesOf(index))))
  const env = { PATH: process.env.PATH, XDG_STATE_HOME: join(repository.path, '.git', 'state') }
  const measured = await runOpsx(['figures', 'measure', '--trust'], { cwd: repository.path, env })
  expect(measured.exitCode).toBe(0)
  const verified = [0, 1, 2].map(nameOf)
  await runOpsx(['verify', ...verified, '--write'], { cwd: repository.path })
  repository.commit('Verify')
  const texts = new Map<string, string>()
  let writes = 0
  let build = 'one'
  const fileOf = (name: string) => ({
    read: () => texts.get(name),
    write(next: string) {
      writes++
      texts.set(name, next)
    },
  })
  const wrap = (context: Context) =>
    contextWith(context, { verdictCache: async name => ({ file: fileOf(name), build }) })
  return {
    repository,
    cached: (...args) => runOpsx(['verify', '--json', ...args], { cwd: repository.path, wrap }),
    anew: (...args) => runOpsx(['verify', '--json', ...args], { cwd: repository.path }),
    writes: () => writes,
    text: () => texts.get('verdicts'),
    put(next) {
      texts.set('verdicts', next)
    },
    as(next) {
      build = next
    },
  }
}

function filesOf(index: number): Files {
  const tasks = index % 3 === 0 ? DONE : OPEN
  const files = changeOf({ name: nameOf(index), tasks, delta: deltaOf(index) })
  if (index % 4 !== 0) return files
  const proposal = `${directoryOf(index)}/proposal.md`
  return { ...files, [proposal]: `${files[proposal]}\nThere are 27 checks. <!-- fig: checks=27 -->\n` }
}

function deltaOf(index: number): string {
  const added = `## ADDED Requirements\n\n${requirement(`Own ${index}`)}`
  if (index % 5 !== 0) return added
  return `${added}\n## MODIFIED Requirements\n\n${requirement('Palette', scenario('Chosen'), scenario('Remembered'))}`
}

const FIGURE_FILES: Files = {
  [FIGURES]:
    'figures:\n  checks: { measure: { run: "cat checks" }, inputs: ["checks"], nouns: ["checks"] }\n',
  checks: '27\n',
}

type Act = [what: string, act: (repository: Repository, index: number) => void]

const append = (repository: Repository, path: string, text: string) =>
  repository.write({ [path]: `${readFile(repository, path)}${text}` })

const ACTS: Act[] = [
  ['nothing', () => {}],
  ['a task is saved', (r, i) => append(r, `${directoryOf(i)}/tasks.md`, '- [ ] 9.9 One more\n')],
  ['a proposal loses its heading', (r, i) => r.write({ [`${directoryOf(i)}/proposal.md`]: 'Nothing.\n' })],
  ['a design appears', (r, i) => r.write({ [`${directoryOf(i)}/plan.md`]: '- [~] Look at it\n' })],
  ['a file that git ignores appears', (r, i) => r.write({ [`${directoryOf(i)}/specs/x.tmp`]: 'x\n' })],
  ['a delta spec appears', (r, i) => r.write({ [`${directoryOf(i)}/specs/themes/spec.md`]: deltaOf(i) })],
  ['a delta spec goes', (r, i) => r.write({ [`${directoryOf(i)}/specs/theme/spec.md`]: null })],
  ['everything is committed', r => void r.commit('Go on')],
  ['everything is taken back', r => void r.git('reset', '--quiet', '--hard')],
  ['what is untracked goes', r => void r.git('clean', '--quiet', '-fdx')],
  ['a branch begins', (r, i) => r.branch(`work-${i}-${Date.now()}-${r.git('rev-list', '--all', '--count')}`)],
  ['main is checked out', r => void r.git('checkout', '--quiet', '--force', 'main')],
  [
    'a main spec changes',
    (r, i) => r.write({ [MAIN_SPEC]: mainSpec(requirement('Palette'), requirement(`N ${i}`)) }),
  ],
  ['a main spec is broken', r => r.write({ [MAIN_SPEC]: '# theme\n' })],
  [
    'a main spec of a near name appears',
    r => r.write({ 'openspec/specs/themes/spec.md': mainSpec(requirement('A')) }),
  ],
  ['the main specs go', r => r.write({ [MAIN_SPEC]: null })],
  ['code is saved', (r, i) => r.write({ [CODE]: `export const dark = ${i}\n` })],
  [
    'the maximum of rounds changes',
    (r, i) => r.write({ 'openspec/linear.yaml': `max_review_rounds: ${i + 1}\n` }),
  ],
  [
    'the schema changes',
    (r, i) => r.write({ 'openspec/config.yaml': `schema: ${i % 2 ? 'own' : 'spec-driven'}\n` }),
  ],
  [
    'a schema of the project appears',
    r =>
      r.write({
        'openspec/schemas/own/schema.yaml':
          'name: own\nversion: 1\nartifacts:\n  - id: proposal\n    generates: proposal.md\n',
      }),
  ],
  [
    'a figure is measured',
    (r, i) => r.write({ [LOCK]: readFile(r, LOCK).replace('"value": 27', `"value": ${20 + i}`) }),
  ],
  ['what a figure rests on changes', (r, i) => r.write({ checks: `${i}\n` })],
  ['the figures go', r => r.write({ [FIGURES]: null })],
  [
    'a figure of the change appears',
    (r, i) =>
      r.write({ [`${directoryOf(i)}/figures.yaml`]: 'figures:\n  own: { measure: { manual: 3 } }\n' }),
  ],
  [
    'an archived twin appears',
    (r, i) => r.write({ [`openspec/changes/archive/2026-01-02-${nameOf(i)}/proposal.md`]: 'Old.\n' }),
  ],
  ['a change goes', (r, i) => void r.git('rm', '-rqf', '--ignore-unmatch', directoryOf(i))],
  [
    'a change moves',
    (r, i) => r.write({ [`${directoryOf(i)}/tasks.md`]: null, [`${directoryOf(i)}-b/tasks.md`]: DONE }),
  ],
  ['a file becomes a link', (r, i) => linkTo(r, `${directoryOf(i)}/design.md`)],
  ['git is told to look away, and a file changes', (r, i) => lookAway(r, `${directoryOf(i)}/tasks.md`)],
  ['a file is touched', (r, i) => touch(r, `${directoryOf(i)}/tasks.md`)],
  ['a file is staged', (r, i) => stage(r, `${directoryOf(i)}/tasks.md`)],
  [
    'a change is no text',
    (r, i) => appendFileSync(join(r.path, directoryOf(i), 'tasks.md'), Buffer.from([0xff])),
  ],
]

function linkTo(repository: Repository, path: string): void {
  repository.write({ [path]: null })
  symlinkSync('proposal.md', join(repository.path, path))
}

function lookAway(repository: Repository, path: string): void {
  repository.git('update-index', '--assume-unchanged', path)
  append(repository, path, '- [ ] 8.8 Unseen\n')
}

function touch(repository: Repository, path: string): void {
  const now = new Date()
  utimesSync(join(repository.path, path), now, now)
}

function stage(repository: Repository, path: string): void {
  append(repository, path, '- [ ] 7.7 Staged\n')
  repository.git('add', path)
}

/** What cannot be done where earlier acts have led, is not. */
function tried(act: () => void): void {
  try {
    act()
  } catch {}
}

const told = ({ exitCode, stdout, stderr }: Ran) => ({ exitCode, stdout, stderr })

describe('a verification of many changes', () => {
  it(
    'says what one that remembers nothing says, whatever happens between two runs',
    async () => {
      const act = fc.tuple(fc.nat(ACTS.length - 1), fc.nat(COUNT - 1))
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: LONG ? 6 : 4, maxLength: LONG ? 12 : 8 }), async acts => {
          const kept = await createKept()
          await kept.cached()
          for (const [which, index] of acts) {
            const [what, perform] = ACTS[which] as Act
            tried(() => perform(kept.repository, index))
            expect(told(await kept.cached()), what).toEqual(told(await kept.anew()))
          }
        }),
        { numRuns: LONG ? 200 : 2, seed: 31, endOnFailure: true },
      )
    },
    LONGEST_MS,
  )

  it(
    'notices whatever may happen and is committed',
    async () => {
      const kept = await createKept()
      const { repository } = kept
      const start = repository.git('rev-parse', 'HEAD')
      for (const [what, perform] of ACTS) {
        await kept.cached()
        tried(() => perform(repository, 4))
        if (LONG) expect(told(await kept.cached()), what).toEqual(told(await kept.anew()))
        repository.commit('Go on')
        expect(told(await kept.cached()), `${what}, committed`).toEqual(told(await kept.anew()))
        repository.git('checkout', '--quiet', '--force', 'main')
        repository.git('update-index', '--really-refresh')
        repository.git('reset', '--quiet', '--hard', start)
        repository.git('clean', '--quiet', '-fdx')
      }
    },
    LONGEST_MS,
  )

  it('notices that the default branch moves below a branch', async () => {
    const kept = await createKept()
    const { repository } = kept
    repository.branch('work')
    append(repository, `${directoryOf(1)}/design.md`, '\n### D2: Another\n\nOf today.\n')
    const more = changeOf({ name: 'more', tasks: DONE, delta: deltaOf(COUNT) })
    repository.commit('Work', { ...more, [CODE]: 'export const dark = 1\n' })
    await runOpsx(['verify', nameOf(0), 'more', '--write'], { cwd: repository.path })
    repository.commit('Verify')
    for (const main of ['work', 'work~1', 'work~2', 'work']) {
      await kept.cached()
      repository.git('branch', '--force', 'main', main)
      expect(told(await kept.cached()), main).toEqual(told(await kept.anew()))
    }
  })

  it('keeps what it found once, and keeps it again only when something is new', async () => {
    const kept = await createKept()
    await kept.cached()
    await kept.cached()
    expect(kept.writes()).toBe(1)
    append(kept.repository, `${directoryOf(7)}/tasks.md`, '- [ ] 9.9 One more\n')
    kept.repository.commit('One more task')
    await kept.cached()
    await kept.cached()
    expect(kept.writes()).toBe(2)
  })

  it('takes a verdict from there, and not with --no-cache, nor by other code', async () => {
    const kept = await createKept()
    await kept.cached()
    const [head = '', ...lines] = (kept.text() ?? '').split('\n')
    const body = lines.join('\n').replaceAll('In Progress', 'In Review')
    const { hash } = await import('node:crypto')
    kept.put(`${head.slice(0, head.lastIndexOf(' '))} ${hash('sha256', body)}\n${body}`)
    const anew = told(await kept.anew())
    expect(told(await kept.cached())).not.toEqual(anew)
    expect(told(await kept.cached('--no-cache'))).toEqual(anew)
    kept.as('two')
    expect(told(await kept.cached())).toEqual(anew)
  })

  it.each([
    ['is cut off', (text: string) => text.slice(0, -100)],
    ['was edited', (text: string) => text.replace('In Progress', 'In Review')],
    ['is empty', () => ''],
    ['is something else', () => 'opsx verdicts 1\n{}\n'],
  ])('judges anew when what was kept %s', async (_, spoil) => {
    const kept = await createKept()
    await kept.cached()
    kept.put(spoil(kept.text() ?? ''))
    expect(told(await kept.cached())).toEqual(told(await kept.anew()))
  })

  it('judges anew what a filter of git makes the same blob of', async () => {
    const kept = await createKept()
    const { repository } = kept
    repository.git('config', 'filter.boxes.clean', "sed 's/\\[x\\] 1.2/[ ] 1.2/'")
    repository.commit('Filter', { '.gitattributes': '*.md filter=boxes\n' })
    await kept.cached()
    repository.write({ [`${directoryOf(4)}/tasks.md`]: DONE })
    expect(repository.git('diff', '--stat')).toBe('')
    expect(told(await kept.cached())).toEqual(told(await kept.anew()))
  })

  it('keeps a verdict only about a text as long as git found it on disk', async () => {
    const kept = await createKept()
    const { repository } = kept
    repository.commit('Line ends', { '.gitattributes': '*.md text=auto\n' })
    await kept.cached()
    const path = `${directoryOf(4)}/tasks.md`
    repository.write({ [path]: OPEN.replaceAll('\n', '\r\n') })
    repository.git('add', path)
    expect(repository.status()).toEqual([])
    await kept.cached()
    expect(kept.text()?.split('\n')).toHaveLength(COUNT + 1)
  })

  it('goes without where the schemas are a link out of the repository', async () => {
    const kept = await createKept()
    symlinkSync(tmpdir(), join(kept.repository.path, 'openspec/schemas'))
    expect(told(await kept.cached())).toEqual(told(await kept.anew()))
  })

  it('takes what cannot be read where the branch began for an answer', async () => {
    const kept = await createKept()
    const { repository } = kept
    const path = `${directoryOf(4)}/design.md`
    const design = readFile(repository, path)
    appendFileSync(join(repository.path, path), Buffer.from([0xff]))
    repository.commit('No text')
    repository.branch('work')
    repository.commit('Text', { [path]: design })
    expect(told(await kept.cached())).toEqual(told(await kept.anew()))
    expect(told(await kept.cached())).toEqual(told(await kept.anew()))
  })

  it('keeps no number that JSON does not have', async () => {
    const kept = await createKept()
    const digits = '9'.repeat(400)
    const path = `${directoryOf(4)}/specs/theme/spec.md`
    const line = `\nThere are ${digits} checks. <!-- fig: checks=${digits} -->\n`
    append(kept.repository, path, line)
    kept.repository.commit('Too many')
    await kept.cached()
    expect(told(await kept.cached())).toEqual(told(await kept.anew()))
    expect(kept.text()?.split('\n')).toHaveLength(COUNT + 1)
  })

  it('keeps no verdict about a text that was saved while it ran', async () => {
    const kept = await createKept()
    const path = `${directoryOf(3)}/tasks.md`
    const before = readFile(kept.repository, path)
    // Git has looked when the first text is read.
    const saving = (context: Context) => {
      const workspace = context.workspace()
      return contextWith(context, {
        workspace: () => ({
          ...workspace,
          read: (at: string) => (at === path ? 'Nothing.\n' : workspace.read(at)),
        }),
      })
    }
    let text: string | undefined
    const file = {
      read: () => text,
      write(next: string) {
        text = next
      },
    }
    const cached = (context: Context) =>
      contextWith(context, { verdictCache: async () => ({ file, build: 'one' }) })
    const { path: cwd } = kept.repository
    await runOpsx(['verify', '--json'], { cwd, wrap: context => cached(saving(context)) })
    expect(readFile(kept.repository, path)).toBe(before)
    expect(told(await runOpsx(['verify', '--json'], { cwd, wrap: cached }))).toEqual(told(await kept.anew()))
  })

  it('keeps it in the directory of git, and goes without where that cannot be written', async () => {
    const { repository, anew } = await createKept()
    const { stdout } = await anew()
    const said = async () =>
      (await spawnOpsx(['verify', '--json'], { directory: repository.path, env: { HOME: '' } })).out
    expect([await said(), await said(), repository.status()]).toEqual([stdout, stdout, []])
    const kept = join(repository.path, '.git', '.opsx')
    expect(readdirSync(kept)).toContain('verdicts')
    expect(statSync(join(kept, 'verdicts')).mode & 0o077).toBe(0)
    rmSync(kept, { recursive: true })
    writeFileSync(kept, 'in the way')
    expect(await said()).toBe(stdout)
  })
})
