import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rewriteMarkdown } from '../../src/local-linear/markdown-rewrite.ts'
import { mergeDescription, sectionDigest, wordDigest } from '../../src/sync/description.ts'
import { entryOf } from '../support/measured.ts'
import {
  codesOf,
  planOf,
  recorded,
  type Situation,
  snapshotOf,
  stepsOf,
  TICKED,
} from '../support/situation.ts'

const NAME = 'add-dark-mode'
const PROPOSAL = `## Why

People who work at night ask for a **dark** theme. <!-- fig: users=12 -->

More text that stays in the file.

## What Changes

- A switch in the settings, see [the sketch](https://example.com/a_b)
- The choice is stored
  - per device

## Capabilities

### New Capabilities

- \`theming\`: how colours are chosen.
`

function sectionOf(text = PROPOSAL, more: Record<string, string> = {}): string {
  const files = {
    ...more,
    [`openspec/changes/${NAME}/specs/theming/spec.md`]:
      '## ADDED Requirements\n\n### Requirement: Dark theme\n\nIt SHALL be dark.\n',
    [`openspec/changes/${NAME}/proposal.md`]: `---\nlinear_story_identifier: CAM-15\nlinear_team: CAM\n---\n\n${text}`,
  }
  return snapshotOf({ files, options: { describe: true } }).sections.get(NAME) ?? ''
}

describe('the section of an issue that opsx owns', () => {
  const section = sectionOf()

  it('distils why, deliverables, scope and acceptance from the proposal', () => {
    expect(section).toContain('**TL;DR**\n\nPeople who work at night ask for a **dark** theme.')
    expect(section).toContain('**Deliverables**\n\n- A switch in the settings')
    expect(section).toContain('**Scope**\n\n- `theming`: how colours are chosen.')
    expect(section).toContain('**Acceptance**\n\n- Dark theme')
  })

  it('has the measured values of the figures that proposal and specs bind, without their comments', () => {
    const entry = { ...entryOf(12), unit: 'users' }
    const lock = JSON.stringify({ version: 1, figures: { users: entry, unbound: entry } })
    const told = sectionOf(PROPOSAL, { 'openspec/figures.lock.json': lock })
    expect(told).toContain('**Measured**\n\n- `users`: 12 users')
    expect(told).not.toContain('unbound')
    expect(told).not.toContain('fig:')
    expect(section).not.toContain('Measured')
  })

  it('keeps comments, and everything that is not asked for, out of Linear', () => {
    expect(section).not.toContain('<!--')
    expect(section).not.toContain('fig:')
    expect(section).not.toContain('More text')
  })

  it('keeps what others wrote around it', () => {
    const first = mergeDescription('Please add this.\n', section, NAME)
    expect(first?.text).toBe(`Please add this.\n\n${section}`)
    const later = mergeDescription(`Before\n\n${section}\n\nAfter`, section.replace('night', 'dusk'), NAME)
    expect(later?.text).toBe(`Before\n\n${section.replace('night', 'dusk')}\n\nAfter`)
    expect(later?.foreign).toBeNull()
  })

  it('is recognised as untouched after Linear rewrote its Markdown', () => {
    const stored = rewriteMarkdown(`Hello\n\n${section}\n\nBye`)
    expect(stored).not.toContain('- A switch')
    expect(mergeDescription(stored, section, NAME)?.foreign).toBeNull()
    expect(mergeDescription(stored, section, NAME)?.text).toContain('Hello')
    expect(mergeDescription(stored, section, NAME)?.text).toContain('Bye')
  })

  it('shows an edit inside it', () => {
    const edited = rewriteMarkdown(section).replace(
      'The choice is stored',
      'The choice is stored in a cookie',
    )
    expect(mergeDescription(edited, section, NAME)?.foreign).toContain('in a cookie')
  })

  it('does not fit a description longer than Linear takes', () => {
    expect(mergeDescription('x'.repeat(250_000), section, NAME)).toBeNull()
  })

  it('has a word digest that survives any rewriting of the markup', () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9äé]{1,8}$/)
    const line = fc.tuple(
      fc.constantFrom('- ', '* ', '', '1. ', '### '),
      fc.array(word, { minLength: 1, maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), lines => {
        const text = lines.map(([mark, words]) => mark + words.join(' ')).join('\n\n')
        expect(wordDigest(rewriteMarkdown(text))).toBe(wordDigest(text))
      }),
      { seed: 7, numRuns: process.env.OPSX_LONG ? 5000 : 200 },
    )
  })
})

describe('when the description is written', () => {
  const bound = snapshotOf({ options: { describe: true } }).sections.get(NAME) ?? ''
  const digest = `linear_description_digest: ${sectionDigest(bound)}\n`
  const steady: Situation = { ledger: recorded('In Progress', digest), tasks: TICKED, state: 'In Progress' }

  it('bind writes it first', () => {
    const steps = stepsOf({ state: 'Todo', ledger: recorded('Todo'), options: { describe: true } })
    expect(steps.map(step => step.kind)).toEqual(['describe'])
    expect(steps[0]?.record?.keys).toMatchObject({ linear_description_digest: sectionDigest(bound) })
  })

  it('sync does not describe an adopted issue that opsx never described', () => {
    expect(stepsOf({ state: 'Todo', ledger: recorded('Todo') })).toEqual([])
  })

  it('sync leaves it while the proposal is unchanged', () => {
    expect(stepsOf({ ...steady, unseen: true })).toEqual([])
  })

  const stale = { ...steady, ledger: recorded('In Progress', 'linear_description_digest: "sha256:old"\n') }

  it('sync renews it when the proposal changed', () => {
    const [step] = stepsOf({ ...stale, description: `Hello\n\n${sectionOf('## Why\n\nOld reason.\n')}` })
    expect(step?.kind).toBe('describe')
    expect(codesOf({ ...stale, description: 'Hello' })).toEqual([])
  })

  it('leaves a foreign edit alone and shows it, unless forced', () => {
    const description = bound.replace('dark theme', 'dark theme and a light one')
    const situation = { ...stale, description }
    expect(stepsOf(situation)).toEqual([])
    expect(planOf(situation).findings).toMatchObject([{ code: 'sync/foreign-description' }])
    expect(stepsOf({ ...situation, options: { force: true } })[0]?.describe?.text).toBe(bound)
  })
})
