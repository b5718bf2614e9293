import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { planFingerprints } from '../../src/specs/base-fingerprints.ts'
import { formatBaseLock } from '../../src/specs/base-lock.ts'
import { parseDelta } from '../../src/specs/parse-delta.ts'
import { parseSpec } from '../../src/specs/parse-spec.ts'
import { validateSpec } from '../../src/specs/validate-spec.ts'
import { mainSpec, requirement, SCENARIO, STATEMENT } from '../specs/specs.ts'
import { archiveTree, largeArchive } from '../support/archive-tree.ts'
import { runOpsx } from '../support/cli.ts'
import { gitEnvironment } from '../support/git-repository.ts'
import { type Both, both } from './both.ts'
import { DELTA } from './openspec.ts'

const ADDED = '## ADDED Requirements\n\n'
const MODIFIED = '## MODIFIED Requirements\n\n'
const REMOVED = '## REMOVED Requirements\n\n'
const FALSE_FENCE = requirement('Doors', `\`\`\`x\`\`\` SHALL be printed as it is.\n\n${SCENARIO}`)
const TABLE = requirement('Doors', `${STATEMENT}\n| a | b |\n|---|---|\n| 1 | 2 |\n\n${SCENARIO}`)
const NOTES = `${requirement('Doors')}\n### Notes\n\nThe key is under the mat.\n\n`
const LATE = SCENARIO.replace('nobody comes in', 'the bell rings')
const RENAMED = SCENARIO.replace('At night\n', 'By night\n\n<!-- renamed-from: At night -->\n')

interface Defect {
  name: string
  main: string
  delta: string
  theirs(result: Both): void
  ours(result: Both): void
}

const lacks = (text: string, part: string) => expect(text).not.toContain(part)
const holds = (text: string, part: string) => expect(text).toContain(part)

const DEFECTS: Defect[] = [
  {
    name: '2: a line that starts with three backticks makes OpenSpec delete the next requirement; opsx keeps it',
    main: mainSpec(FALSE_FENCE, requirement('Windows')),
    delta: MODIFIED + requirement('Doors', `They SHALL stay shut.\n\n${SCENARIO}`),
    theirs: ({ theirs }) => lacks(theirs, 'Windows'),
    ours: ({ ours, refused }) => {
      expect(refused).toEqual([])
      holds(ours, '### Requirement: Windows')
    },
  },
  {
    name: '3: the same line in a delta puts its REMOVED section into the main spec; opsx applies it',
    main: mainSpec(requirement('Doors'), requirement('Windows')),
    delta: `${ADDED}${FALSE_FENCE.replace('Doors', 'Roofs')}\n${REMOVED}- \`### Requirement: Windows\`\n`,
    theirs: ({ theirs }) => holds(theirs, '## REMOVED Requirements'),
    ours: ({ ours, refused }) => {
      expect(refused).toEqual([])
      lacks(ours, 'REMOVED')
      lacks(ours, 'Windows')
    },
  },
  {
    name: '4: removing a commented-out requirement leaves an open comment; opsx says that there is none',
    main: mainSpec(requirement('Doors'), `<!--\n${requirement('Old')}-->\n`),
    delta: `${REMOVED}- \`### Requirement: Old\`\n`,
    theirs: ({ theirs }) => {
      holds(theirs, '<!--')
      lacks(theirs, '-->')
    },
    ours: ({ refused }) => expect(refused).toEqual(['delta/not-found']),
  },
  {
    name: '5: a table of a MODIFIED requirement is dropped; opsx refuses',
    main: mainSpec(TABLE),
    delta: MODIFIED + requirement('Doors', `They MUST stay shut.\n\n${SCENARIO}`),
    theirs: ({ theirs, valid }) => {
      expect(valid).toBe(true)
      lacks(theirs, '| 1 | 2 |')
    },
    ours: ({ refused }) => expect(refused).toEqual(['delta/drops-text']),
  },
  {
    name: '6: a new name that ends in a backtick is cut; opsx keeps it',
    main: mainSpec(requirement('Use `cache`')),
    delta:
      '## RENAMED Requirements\n\n- FROM: `### Requirement: Use `cache``\n- TO: ### Requirement: Use `memory`\n',
    theirs: ({ theirs }) => lacks(theirs, '### Requirement: Use `memory`\n'),
    ours: ({ ours }) => holds(ours, '### Requirement: Use `memory`\n'),
  },
  {
    name: '7: a section header with a colon is ignored; opsx refuses',
    main: mainSpec(requirement('Doors'), requirement('Windows')),
    delta: `## REMOVED Requirements:\n\n- \`### Requirement: Windows\`\n\n${ADDED}${requirement('Roofs')}`,
    theirs: ({ theirs, valid }) => {
      expect(valid).toBe(true)
      holds(theirs, 'Windows')
    },
    ours: ({ refused }) => expect(refused).toEqual(['delta/misspelt-section']),
  },
  {
    name: '8: one name in two Unicode forms is there twice afterwards; opsx refuses',
    main: mainSpec(requirement('Caf\u00e9')),
    delta: ADDED + requirement('Cafe\u0301', `It SHALL be another one.\n\n${SCENARIO}`),
    theirs: ({ theirs }) => {
      expect(parseSpec(theirs).requirements).toHaveLength(2)
    },
    ours: ({ refused }) => expect(refused).toEqual(['delta/exists']),
  },
  {
    name: '10: a section below a removed requirement goes with it; opsx refuses',
    main: mainSpec(NOTES, requirement('Windows')),
    delta: `${REMOVED}- \`### Requirement: Doors\`\n`,
    theirs: ({ theirs }) => lacks(theirs, 'under the mat'),
    ours: ({ refused }) => expect(refused).toEqual(['delta/drops-text']),
  },
  {
    name: '11: a misspelt MODIFIED passes strict validation and fails at the archive; opsx says so when it is verified',
    main: mainSpec(requirement('Doors')),
    delta: MODIFIED + requirement('Dors'),
    theirs: ({ theirs, valid }) => {
      expect(valid).toBe(true)
      expect(theirs).toMatch(/^Error: .*not found/)
    },
    ours: ({ refused }) => expect(refused).toEqual(['delta/not-found']),
  },
  {
    name: '14: a byte order mark and the spacing of untouched requirements are lost; opsx keeps every byte of them',
    main: `\ufeff${mainSpec(requirement('Doors').replace('stay shut.\n', 'stay shut.  \n\n\n'), requirement('Windows'))}`,
    delta: ADDED + requirement('Roofs'),
    theirs: ({ theirs }) => expect(theirs.startsWith('\ufeff')).toBe(false),
    ours: ({ ours }) => {
      expect(ours.startsWith('\ufeff')).toBe(true)
      holds(ours, 'stay shut.  \n\n\n')
    },
  },
  {
    name: '15: a scenario cannot be renamed at all; opsx renames it when the delta says from which',
    main: mainSpec(requirement('Doors')),
    delta: MODIFIED + requirement('Doors', `${STATEMENT}\n${RENAMED}`),
    theirs: ({ theirs }) => expect(theirs).toMatch(/^Error: .*not present in the modified block/),
    ours: ({ ours, refused }) => {
      expect(refused).toEqual([])
      holds(ours, '#### Scenario: By night')
      lacks(ours, 'At night')
    },
  },
]

test.each(DEFECTS)('defect $name', async ({ main, delta, theirs, ours }) => {
  const result = await both(main, delta)
  theirs(result)
  ours(result)
})

test('defect 1: the second of two changes of one requirement takes back the first; opsx refuses it', async () => {
  const main = mainSpec(requirement('Doors', `${STATEMENT}\n${SCENARIO}`))
  const one = MODIFIED + requirement('Doors', `${STATEMENT}\n${LATE}`)
  const two = MODIFIED + requirement('Doors', `They MUST stay shut.\n\n${SCENARIO}`)
  const seen = planFingerprints(parseDelta(two), parseSpec(main), null)
  const first = await both(main, one)
  const lock = {
    [DELTA.replace('spec.md', 'base.lock.json')]: formatBaseLock({ requirements: seen, upstream: null }),
  }
  const second = await both(first.theirs, two, lock)
  holds(first.theirs, 'the bell rings')
  lacks(second.theirs, 'the bell rings')
  expect(second.valid).toBe(true)
  expect(second.refused).toEqual(['delta/base-moved'])
})

const OPENSPEC = fileURLToPath(
  new URL('../../node_modules/@fission-ai/openspec/bin/openspec.js', import.meta.url),
)

function openspec(directory: string, ...words: string[]): Promise<{ code: number; said: string }> {
  const env = {
    PATH: process.env.PATH,
    HOME: directory,
    OPENSPEC_TELEMETRY: '0',
    CI: 'true',
    ...gitEnvironment,
  }
  return new Promise(resolve => {
    execFile(process.execPath, [OPENSPEC, ...words], { cwd: directory, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, said: out + err })
    })
  })
}

test('defect 9: a heading of depth one hides the requirements below it from OpenSpec; opsx reads them and reports it', async () => {
  const main = mainSpec(requirement('Doors'), `# Part two\n\n${requirement('Windows')}`)
  const tree = archiveTree({ 'openspec/specs/access/spec.md': main, 'openspec/changes/.gitkeep': '' })
  const { said } = await openspec(tree.directory, 'list', '--specs')
  expect(said).toMatch(/access\s+requirements 1\b/)
  expect(parseSpec(main).requirements).toHaveLength(2)
  expect(validateSpec(parseSpec(main), 'main').map(({ code }) => code)).toEqual(['spec/stray-heading'])
  tree.remove()
}, 60_000)

test('defect 12: OpenSpec archives with no task done and exits with 0; opsx refuses with 1', async () => {
  const tasks = { 'openspec/changes/large/tasks.md': '- [ ] 1.1 One\n- [ ] 1.2 Two\n' }
  const trees = [1, 2].map(() => archiveTree({ ...largeArchive(2), ...tasks }))
  const [theirs = '', ours = ''] = trees.map(({ directory }) => directory)
  const { code, said } = await openspec(theirs, 'archive', 'large', '-y')
  expect([code, said]).toEqual([0, expect.stringContaining('archived')])
  const ran = await runOpsx(['archive', 'large', '-y', '--json'], { cwd: ours })
  expect(ran.exitCode).toBe(1)
  expect(ran.json().findings.map((found: { code: string }) => found.code)).toContain('tasks/open')
  for (const tree of trees) tree.remove()
}, 60_000)

test('defect 13: the lock of a dead OpenSpec archive stops every other one; opsx takes over from a dead run', async () => {
  const trees = [1, 2].map(() => archiveTree(largeArchive(2)))
  const [theirs = '', ours = ''] = trees.map(({ directory }) => directory)
  const dead = 2 ** 22 + 1
  const put = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  put(join(theirs, 'openspec/changes/archive/.openspec-archive.lock'), `${dead}\n`)
  const { said } = await openspec(theirs, 'archive', 'large', '-y')
  expect(said).toContain('is already being created')
  const holder = { pid: dead, host: (await import('node:os')).hostname(), since: new Date().toISOString() }
  put(join(ours, '.opsx/lock'), JSON.stringify({ ...holder, processStart: null, token: '0123456789abcdef' }))
  const ran = await runOpsx(['archive', 'large'], { cwd: ours })
  expect([ran.exitCode, ran.stderr]).toEqual([0, ''])
  for (const tree of trees) tree.remove()
}, 60_000)
