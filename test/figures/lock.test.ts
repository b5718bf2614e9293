import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatLock } from '../../src/figures/lock/format-lock.ts'
import type { FigureLock, LockEntry } from '../../src/figures/lock/lock.ts'
import { parseLock } from '../../src/figures/lock/parse-lock.ts'
import { readWholeLock } from '../../src/figures/lock/read-lock.ts'
import { fixture } from '../support/fixture.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 5000 : 200, seed: 41 }

const text = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map(each => each.replace(/[\u0000-\u001f\u007f]/g, ''))
const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(each => each + 0),
  fc.array(text, { maxLength: 4 }),
  text,
)
const at = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map(date => `${date.toISOString().slice(0, 19)}Z`)
const commit = fc.option(fc.constantFrom('5f1c2ab', '0000001'))
const digest = fc.option(fc.constant('sha256:aaaa'))
const entry: fc.Arbitrary<LockEntry> = fc.record({
  value,
  at,
  commit,
  unit: text,
  raw: fc.string({ unit: 'binary', maxLength: 12 }).map(each => Buffer.from(each).toString()),
  dirty: fc.boolean(),
  platform: fc.constantFrom('linux-x64', 'darwin-arm64'),
  command: digest,
  inputs: digest,
  seconds: fc.integer({ min: 0, max: 900 }).map(tenths => tenths / 10),
  runs: fc.integer({ min: 1, max: 9 }),
  previous: fc.array(fc.record({ value, at, commit }), { maxLength: 3 }),
  stale: fc.boolean(),
  proven: fc.option(fc.record({ at, against: text })),
  more: fc.dictionary(
    fc.constantFrom('later', 'note', '2'),
    fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<unknown>,
    {
      maxKeys: 2,
      noNullPrototype: true,
    },
  ),
})
const lock = fc
  .array(fc.tuple(fc.oneof(text, fc.constantFrom('checks', 'tests.passed', '__proto__')), entry), {
    maxLength: 5,
  })
  .map(entries => new Map(entries) as FigureLock)

describe('the lock', () => {
  it('reads what it wrote, and writes the same bytes again', () => {
    fc.assert(
      fc.property(lock, each => {
        const written = formatLock(each)
        const { lock: read, problems } = parseLock(written)
        expect(problems).toEqual([])
        expect([...read.keys()].sort()).toEqual([...each.keys()].sort())
        for (const [name, known] of each) {
          expect(JSON.parse(JSON.stringify(read.get(name)))).toEqual(JSON.parse(JSON.stringify(known)))
        }
        expect(formatLock(read)).toBe(written)
      }),
      runs,
    )
  })

  it('never throws, whatever the file contains', () => {
    const sample = formatLock(new Map([['checks', checks]]))
    fc.assert(
      fc.property(fc.nat(sample.length), fc.nat(9), fc.string({ maxLength: 3 }), (from, length, put) => {
        const { lock: read, problems } = parseLock(sample.slice(0, from) + put + sample.slice(from + length))
        for (const { line } of problems) expect(line === null || line >= 1).toBe(true)
        expect(read.size + problems.length).toBeGreaterThanOrEqual(0)
      }),
      runs,
    )
  })

  it('is a block per figure, and leaves out what an entry does not have', () => {
    const manual = { ...checks, command: null, inputs: null, previous: [] }
    expect(
      formatLock(
        new Map([
          ['docks', manual],
          ['checks', checks],
        ]),
      ),
    ).toBe(`{
  "version": 1,
  "figures": {
    "checks": {
      "value": 26,
      "unit": "checks",
      "raw": "26",
      "at": "2026-06-14T19:02:11Z",
      "commit": "5f1c2ab",
      "dirty": false,
      "platform": "linux-x64",
      "command": "sha256:c",
      "inputs": "sha256:i",
      "seconds": 1.2,
      "runs": 1,
      "previous": [
        {"value":27,"at":"2026-06-13T19:02:11Z","commit":"0000001"}
      ]
    },
    "docks": {
      "value": 26,
      "unit": "checks",
      "raw": "26",
      "at": "2026-06-14T19:02:11Z",
      "commit": "5f1c2ab",
      "dirty": false,
      "platform": "linux-x64",
      "seconds": 1.2,
      "runs": 1,
      "previous": []
    }
  }
}
`)
    expect(formatLock(new Map())).toBe('{\n  "version": 1,\n  "figures": {}\n}\n')
  })

  it('reads the lock of the synthetic fixture', () => {
    const read = readWholeLock(fixture('figures-synthetic'))
    expect([...read.keys()]).toEqual([
      'probes',
      'tests.passed',
      'tests.skipped',
      'tests.defined',
      'docks',
      'cold_start',
    ])
    expect(read.get('probes')?.previous.map(former => former.value)).toEqual([9, 12, 14])
  })

  it.each([
    ['a conflict', '{\n "version": 1,\n<<<<<<< HEAD\n', 'it has an unresolved merge conflict', 3, true],
    ['a conflict with CRLF', '{\r\n=======\r\n', 'it has an unresolved merge conflict', 2, true],
    ['half a file', '{\n  "version": 1,\n  "figures": {', 'it is not valid JSON', 3, false],
    ['a list', '[]', 'it is not a JSON object', 1, false],
    [
      'a later version',
      '{\n"version": 2,"figures":{}}',
      'it has version 2, and this opsx supports version 1',
      2,
      false,
    ],
    ['no version', '{"figures":{}}', '"version" is not 1', 1, false],
    ['no figures', '{"version":1}', '"figures" is not an object', 1, false],
    [
      'a value that is none',
      lockOf('"value": true'),
      'checks: "value" is not a number, string or list of names',
      3,
      false,
    ],
    [
      'a control character',
      lockOf('"value": "\\u001b[2J"'),
      'checks: "value" is not a number, string or list of names',
      3,
      false,
    ],
    ['no time', lockOf('"value": 1, "at": "yesterday"'), 'checks: "at" is not a time', 3, false],
    [
      'no platform',
      lockOf('"value": 1, "at": "2026-01-01T00:00:00Z"'),
      'checks: "platform" is missing',
      3,
      false,
    ],
    [
      'a broken former value',
      lockOf('"value": 1, "at": "2026-01-01T00:00:00Z", "platform": "x", "previous": [{"value": null}]'),
      'checks: in "previous" "value" is not a number, string or list of names',
      3,
      false,
    ],
  ])('names the line of %s', (_, broken, reason, line, conflict) => {
    expect(parseLock(broken).problems).toEqual([{ reason, line, conflict }])
  })

  it('refuses a figure that a merge left in it twice', () => {
    const written = formatLock(new Map([['checks', checks]]))
    const block = written.slice(written.indexOf('    "checks"'), written.lastIndexOf('\n  }'))
    const doubled = written.replace(block, `${block},\n${block}`)
    expect(parseLock(doubled).problems).toMatchObject([{ reason: 'checks occurs twice', line: 4 }])
  })

  it('keeps the entries that can be read beside one that cannot', () => {
    const written = formatLock(
      new Map([
        ['a', checks],
        ['b', checks],
      ]),
    ).replace('"value": 26', '"value": null')
    const { lock: read, problems } = parseLock(written)
    expect([...read.keys()]).toEqual(['b'])
    expect(problems).toMatchObject([{ line: 4 }])
  })

  it('reads a file with a byte order mark and CRLF', () => {
    const written = `\uFEFF${formatLock(new Map([['checks', checks]])).replaceAll('\n', '\r\n')}`
    expect(parseLock(written)).toEqual({ lock: new Map([['checks', checks]]), problems: [] })
  })

  it('is not handed to a writer while any entry is unreadable', () => {
    const read = () => readWholeLock({ read: () => '{\n<<<<<<< HEAD\n' })
    expect(read).toThrow('openspec/figures.lock.json:2 cannot be read: it has an unresolved merge conflict.')
  })
})

const checks: LockEntry = {
  value: 26,
  unit: 'checks',
  raw: '26',
  at: '2026-06-14T19:02:11Z',
  commit: '5f1c2ab',
  dirty: false,
  platform: 'linux-x64',
  command: 'sha256:c',
  inputs: 'sha256:i',
  seconds: 1.2,
  runs: 1,
  previous: [{ value: 27, at: '2026-06-13T19:02:11Z', commit: '0000001' }],
  stale: false,
  proven: null,
  more: {},
}

function lockOf(entry: string): string {
  return `{\n"version": 1,\n"figures": {"checks": {${entry}}}}`
}
