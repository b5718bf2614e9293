import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendLedger, type NewEntry } from '../../src/ledger/append-ledger.ts'
import { LEDGER_KEYS, type LedgerKey } from '../../src/ledger/ledger-keys.ts'
import { parseFrontmatter } from '../../src/markdown/parse-frontmatter.ts'
import { awkwardString, yamlSample } from '../support/yaml-texts.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 5000 : 200, seed: 31 }
const AT = '2026-06-11T19:21:23Z'
const entry: NewEntry = { at: AT, transition: 'Todo->In Progress', outcome: 'posted', note: 'T2: first box' }
const FLOW =
  '{ at: "2026-06-11T19:21:23Z", transition: "Todo->In Progress", outcome: "posted", note: "T2: first box" }'

describe('the ledger is written', () => {
  it('with its keys in canonical order when there are none', () => {
    const keys = { last_synced_at: AT, review_round: 0, linear_team: 'CAM', linear_story_title: 'Add' }
    expect(appendLedger('# Why\n', { entries: [entry], keys: { ...keys, linear_story_id: 'CAM-1' } })).toBe(
      `---
linear_story_id: CAM-1
linear_story_title: "Add"
linear_team: CAM
last_synced_at: ${AT}
review_round: 0
attempt_log:
  - ${FLOW}
---

# Why
`,
    )
  })

  it('between the keys that are there, before the log, and around unknown ones', () => {
    const text = '---\nowner: mia # c\nlinear_team: "CAM"\nbeads: [1,2]\nattempt_log: []\ntail: x\n---\n'
    const keys = {
      linear_story_id: 'CAM-1',
      linear_project: 'build',
      last_synced_state: 'Todo',
      review_round: 1,
    }
    expect(appendLedger(text, { entries: [entry], keys })).toBe(
      `---
owner: mia # c
linear_story_id: CAM-1
linear_team: "CAM"
linear_project: build
last_synced_state: Todo
review_round: 1
beads: [1,2]
attempt_log:
  - ${FLOW}
tail: x
---
`,
    )
  })

  it('before a log that is ahead of the other keys', () => {
    const text = '---\nattempt_log:\n- {at: "1"}\nlinear_team: CAM\n---\n'
    expect(appendLedger(text, { entries: [], keys: { review_round: 1 } })).toBe(
      '---\nreview_round: 1\nattempt_log:\n- {at: "1"}\nlinear_team: CAM\n---\n',
    )
  })

  it('with evidence as its last key, in the style of the entry beside it', () => {
    const text = '---\nattempt_log:\n  - at: "2026-01-01T00:00:00Z"\n    outcome: posted\n---\n'
    expect(appendLedger(text, { entries: [{ ...entry, evidence: 'sha256:ab' }], keys: {} })).toBe(
      `---
attempt_log:
  - at: "2026-01-01T00:00:00Z"
    outcome: posted
  - at: "${AT}"
    transition: "Todo->In Progress"
    outcome: posted
    note: "T2: first box"
    evidence: "sha256:ab"
---
`,
    )
  })

  it('as a log behind our last key when there is none', () => {
    const text = '---\nlinear_team: CAM\nreview_round: 0\nowner: mia\n---\n'
    expect(appendLedger(text, { entries: [entry], keys: {} })).toBe(
      `---\nlinear_team: CAM\nreview_round: 0\nattempt_log:\n  - ${FLOW}\nowner: mia\n---\n`,
    )
  })
})

describe('last_synced_at changes only together with something else', () => {
  const text = `---\nlast_synced_state: Todo\nlast_synced_at: 2026-01-01T00:00:00Z\n---\n`

  it('not alone', () => {
    expect(appendLedger(text, { entries: [], keys: { last_synced_at: AT } })).toBe(text)
    expect(appendLedger('# Why\n', { entries: [], keys: { last_synced_at: AT } })).toBe('# Why\n')
  })

  it('not with a key that has the same value already', () => {
    expect(appendLedger(text, { entries: [], keys: { last_synced_state: 'Todo', last_synced_at: AT } })).toBe(
      text,
    )
  })

  it('with another key or an entry', () => {
    const moved = appendLedger(text, { entries: [], keys: { last_synced_state: 'Done', last_synced_at: AT } })
    expect(moved).toBe(`---\nlast_synced_state: Done\nlast_synced_at: ${AT}\n---\n`)
    expect(appendLedger(text, { entries: [entry], keys: { last_synced_at: AT } })).toContain(
      `last_synced_at: ${AT}`,
    )
  })
})

it('entries are appended whatever is there, and never joined with equal ones', () => {
  const once = appendLedger('', { entries: [entry], keys: {} })
  const twice = appendLedger(once, { entries: [entry], keys: {} })
  expect(parseFrontmatter(twice).data.attempt_log).toEqual([entry, entry])
})

describe('over generated proposals', () => {
  it('keys and entries read back, unknown keys and old entries stay, keys alone are a no-op the second time', () => {
    const keysOf = fc.dictionary(fc.constantFrom(...LEDGER_KEYS), fc.oneof(awkwardString, fc.nat()), {
      maxKeys: 6,
    })
    const property = fc.property(yamlSample, keysOf, awkwardString, ({ text, log }, given, note) => {
      const keys = given as Partial<Record<LedgerKey, string | number>>
      const file = `---\n${text.replace('\ufeff', '').replace(/(?<!\n)$/, '\n')}---\nbody\n`
      const result = appendLedger(file, { entries: [{ ...entry, note }], keys })
      const before = parseFrontmatter(file).data
      const old = before.attempt_log as unknown[]
      const added = { ...entry, note }
      const meant = log.newestFirst ? [added, ...old] : [...old, added]
      expect(parseFrontmatter(result).data).toEqual({ ...before, ...keys, attempt_log: meant })
      expect(appendLedger(result, { entries: [], keys })).toBe(result)
    })
    fc.assert(property, runs)
  })
})
