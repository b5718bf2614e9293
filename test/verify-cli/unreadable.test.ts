import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Ran } from '../support/cli.ts'
import { readFile, VERIFY, verifyText } from '../support/scenario.ts'
import {
  CHANGE,
  changeOf,
  createFeature,
  DELTA,
  DIRECTORY,
  MAIN_SPEC,
  OPEN,
  reported,
  requirement,
  type Subject,
} from './subject.ts'

const NOT_TEXT = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff, 0xfe, 0x00])
const SOUND = 'openspec/changes/add-sound'

function put({ repository }: Subject, path: string, bytes = NOT_TEXT): void {
  const full = join(repository.path, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, bytes)
  repository.commit('Put bytes')
}

const findings = (ran: Ran) =>
  ran.json().findings.map(({ code, severity, change, file }: Record<string, string>) => ({
    code,
    severity,
    change,
    file,
  }))

/** A change beside the one that breaks; its delta is of its own. */
const other = changeOf({
  name: 'add-sound',
  tasks: OPEN,
  delta: `## ADDED Requirements\n\n${requirement('Sound')}`,
})

describe('a file that is no text', () => {
  it.each([
    'proposal.md',
    'design.md',
    'tasks.md',
    '.openspec.yaml',
    'verify.md',
    'specs/theme/spec.md',
    'specs/theme/base.lock.json',
    'plan.md',
  ])('%s is reported once, at the change that contains it, and the others are verified', async file => {
    const subject = createFeature({ ...changeOf(), ...other })
    put(subject, `${DIRECTORY}/${file}`)
    for (const args of [[], ['--write']]) {
      const ran = await subject.opsx(['verify', ...args, '--json'])
      expect([ran.exitCode, reported(ran)]).toEqual([1, ['critical change/unreadable']])
      expect(findings(ran)).toContainEqual({
        code: 'change/unreadable',
        severity: 'critical',
        change: CHANGE,
        file: DIRECTORY,
      })
      expect(ran.json().changes).toMatchObject([
        { change: CHANGE, decision: 'fail', ready: true },
        { change: 'add-sound', decision: 'fail', ready: true },
      ])
    }
    expect(readFile(subject.repository, `${SOUND}/verify.md`)).toContain('(fail) FAIL')
    expect((await subject.opsx(['verify', 'add-sound', '--json'])).exitCode).toBe(0)
  })

  it('that is a main spec is reported there and at the changes that touch it', async () => {
    const { [`${SOUND}/specs/theme/spec.md`]: delta = '', ...files } = other
    const subject = createFeature({ ...changeOf(), ...files, [`${SOUND}/specs/sound/spec.md`]: delta })
    put(subject, MAIN_SPEC)
    const ran = await subject.opsx(['verify', '--json'])
    expect(ran.exitCode).toBe(1)
    expect(findings(ran).filter(({ severity }: { severity: string }) => severity !== 'info')).toEqual([
      { code: 'change/unreadable', severity: 'critical', change: CHANGE, file: DIRECTORY },
      { code: 'spec/unreadable', severity: 'critical', change: null, file: MAIN_SPEC },
    ])
  })

  it('and was at the merge base as well does not gate', async () => {
    const subject = createFeature({ ...changeOf(), ...other })
    subject.repository.checkout('main')
    put(subject, 'openspec/changes/add-old/proposal.md')
    subject.repository.checkout('feature')
    subject.repository.git('merge', '--quiet', '--no-edit', 'main')
    expect((await subject.opsx(['verify', '--json'])).exitCode).toBe(1)
    const ran = await subject.opsx(['verify', '--against', 'main', '--json'])
    expect(ran.exitCode).toBe(0)
    expect(ran.json().findings).toContainEqual(
      expect.objectContaining({ code: 'change/unreadable', change: 'add-old', preExisting: true }),
    )
  })
})

describe('a picture in a change', () => {
  const PICTURE = `${DIRECTORY}/screens/dark.png`

  it('is an artifact like others: a report about another version is stale', async () => {
    const subject = createFeature()
    put(subject, PICTURE)
    const ran = await subject.opsx(['verify', '--write', '--json'])
    expect([reported(ran), ran.json().changes[0].decision]).toEqual([[], 'pass'])
    subject.repository.commit('Record the verdict')
    expect(reported(await subject.opsx(['verify', '--json']))).toEqual([])
    expect((await subject.opsx(['verify', '--write', '--json'])).json().writes).toEqual([])
    put(subject, PICTURE, Buffer.concat([NOT_TEXT, NOT_TEXT]))
    expect(reported(await subject.opsx(['verify', '--json']))).toEqual(['critical verify/stale'])
  })

  it('does not stop a report that another tool wrote', async () => {
    const subject = createFeature({ ...changeOf(), [VERIFY]: verifyText('PASS') })
    put(subject, PICTURE)
    expect(reported(await subject.opsx(['verify', '--json']))).toEqual([])
    expect(readFile(subject.repository, DELTA)).not.toBe('')
  })
})
