import { afterAll, describe, expect, it } from 'vitest'
import { createGit } from '../../src/adapters/git/git.ts'
import { appendLedger } from '../../src/ledger/append-ledger.ts'
import { mergeProposal } from '../../src/ledger/merge-proposal.ts'
import { type IndexVersions, repairProposal } from '../../src/ledger/repair-proposal.ts'
import { parseFrontmatter } from '../../src/markdown/parse-frontmatter.ts'
import { createRepository } from '../support/git-repository.ts'

const repository = createRepository()
const git = createGit(repository.path, {})
afterAll(() => repository.remove())

const labels = { ours: 'HEAD', theirs: 'other' }
type Merge = Parameters<typeof mergeProposal>[2]
const mergeTexts: Merge = (versions, names) => git.mergeTexts({ ...versions, labels: names })
const merge = (base: string, ours: string, theirs: string) =>
  mergeProposal({ base, ours, theirs }, labels, mergeTexts)
const repair = (text: string, index: IndexVersions | null = null) => repairProposal(text, index, mergeTexts)

const entry = (at: number, note = 'n') =>
  `  - { at: "2026-01-0${at}T10:00:00Z", transition: "Todo->In Progress", outcome: "posted", note: "${note}" }\n`
const proposal = (keys: string, entries: string[] = [], body = '\n## Why\n\nBecause.\n') =>
  `---\n${keys}${entries.length > 0 ? `attempt_log:\n${entries.join('')}` : ''}---\n${body}`

describe('the frontmatter of two sides', () => {
  it('has the entries of both in the order of their times', () => {
    const merged = merge(
      proposal('a: 1\n', [entry(1)]),
      proposal('a: 1\n', [entry(1), entry(2), entry(5)]),
      proposal('a: 1\n', [entry(1), entry(3, 'theirs')]),
    )
    expect(merged).toEqual({
      text: proposal('a: 1\n', [entry(1), entry(2), entry(3, 'theirs'), entry(5)]),
      conflicts: [],
    })
  })

  it('leaves out an entry that one side removed, and has one twice that a side has twice', () => {
    const base = proposal('a: 1\n', [entry(1), entry(2)])
    const merged = merge(
      base,
      proposal('a: 1\n', [entry(2), entry(3)]),
      proposal('a: 1\n', [entry(1), entry(2), entry(4), entry(4)]),
    )
    expect(merged?.text).toBe(proposal('a: 1\n', [entry(2), entry(3), entry(4), entry(4)]))
  })

  it('follows the side that wrote last, except for the round, which is the higher one', () => {
    const keys = (state: string, day: number, round: number) =>
      `last_synced_state: ${state}\nlast_synced_at: 2026-01-0${day}T10:00:00Z\nreview_round: ${round}\n`
    const merged = merge(
      proposal(keys('Todo', 1, 0)),
      proposal(keys('In Progress', 2, 2)),
      proposal(keys('In Review', 3, 1)),
    )
    expect(merged?.text).toBe(proposal(keys('In Review', 3, 2)))
  })

  it('follows the side that wrote last when it started the rounds again', () => {
    const keys = (day: number, round: number) =>
      `last_synced_at: 2026-01-0${day}T10:00:00Z\nreview_round: ${round}\n`
    expect(merge(proposal(keys(1, 2)), proposal(keys(2, 3)), proposal(keys(3, 0)))?.text).toBe(
      proposal(keys(3, 0)),
    )
  })

  it("leaves a person's key that both changed between markers, and merges the rest", () => {
    const merged = merge(
      proposal('owner: mia\nlast_synced_at: 2026-01-01T10:00:00Z\n'),
      proposal('owner: ada\nlast_synced_at: 2026-01-02T10:00:00Z\n'),
      proposal('owner: bob\nlast_synced_at: 2026-01-03T10:00:00Z\n'),
    )
    const lines = '<<<<<<< HEAD\nowner: ada\n=======\nowner: bob\n>>>>>>> other\n'
    expect(merged).toEqual({
      text: proposal(`${lines}last_synced_at: 2026-01-03T10:00:00Z\n`),
      conflicts: ['owner'],
    })
    expect(repair(merged?.text ?? '')).toEqual(merged)
  })

  it('leaves everything about the issue to a person when the sides are bound to two', () => {
    const bound = (issue: string) =>
      proposal(
        `linear_story_identifier: ${issue}\nlinear_story_title: "${issue}"\nopsx_change_id: of-${issue}\nreview_round: 0\n`,
      )
    expect(merge(proposal('a: 1\n'), bound('CAM-1'), bound('CAM-2'))?.conflicts).toEqual([
      'linear_story_identifier',
      'linear_story_title',
      'opsx_change_id',
    ])
  })

  it('is merged when neither side had one before, and the body stays one', () => {
    const bare = '## Why\n\nBecause.\n'
    const merged = merge(
      bare,
      proposal('linear_team: CAM\nopsx_change_id: x\n', [entry(1)]),
      proposal('linear_team: CAM\n', [entry(2)]),
    )
    expect(merged?.text).toBe(proposal('linear_team: CAM\nopsx_change_id: x\n', [entry(1), entry(2)]))
  })

  it.each([
    ['a flow mapping', '{ a: 1, attempt_log: [] }\n'],
    ['YAML that does not parse', 'a: [1\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['an alias across keys', 'a: &x 1\nb: *x\n'],
  ])('is left to git when it is %s and both sides changed it', (_, yaml) => {
    expect(
      merge(proposal('a: 0\n'), proposal(yaml), proposal('a: 3\nc: 1\n'))?.conflicts ?? ['whole'],
    ).not.toEqual([])
  })
})

it('is merged by git alone when one side changed the description digest and the other recorded a transition', () => {
  const at = '2026-01-01T10:00:00Z'
  const keys = {
    linear_story_id: 'CAM-1',
    linear_story_state: 'Todo',
    linear_team: 'CAM',
    linear_description_digest: 'sha256:00',
    opsx_change_id: 'x',
    last_synced_state: 'Todo',
    last_synced_at: at,
  }
  const step = (to: string) => ({ at, transition: `Todo->${to}`, outcome: 'posted' as const, note: 'n' })
  const base = appendLedger('## Why\n', { entries: [step('Todo')], keys })
  const ours = appendLedger(base, { entries: [], keys: { linear_description_digest: 'sha256:11' } })
  const theirs = appendLedger(base, {
    entries: [step('In Progress')],
    keys: { linear_story_state: 'In Progress', last_synced_state: 'In Progress', last_synced_at: at },
  })
  expect(ours.split('\n').filter(line => !base.split('\n').includes(line))).toEqual([
    'linear_description_digest: sha256:11',
  ])
  const merged = mergeTexts({ base, ours, theirs }, labels)
  expect(merged).not.toContain('<<<<<<<')
  expect(merged).toContain('Todo->In Progress')
})

describe('a file with markers', () => {
  const marked = (style: 'merge' | 'diff3') =>
    `---\na: 1\nattempt_log:\n${entry(1)}<<<<<<< HEAD\n${entry(3)}${style === 'diff3' ? '||||||| 1234567\n' : ''}=======\n${entry(2)}>>>>>>> other\n---\n\n## Why\n`

  it.each(['merge', 'diff3'] as const)('is repaired without git in the style %s', style => {
    expect(repair(marked(style))?.text).toBe(proposal('a: 1\n', [entry(1), entry(2), entry(3)], '\n## Why\n'))
  })

  it('keeps its body, with the conflicts that are there and what a person wrote since', () => {
    const body = '\n## Why\n\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n\nHeading\n=======\n'
    const text = marked('merge').replace('\n## Why\n', body)
    expect(repair(text)?.text).toBe(proposal('a: 1\n', [entry(1), entry(2), entry(3)], body))
  })

  it('keeps a key that a person resolved by hand, whatever the index has', () => {
    const text = marked('merge').replace('a: 1', 'a: settled')
    const index = {
      base: proposal('a: 0\n', [entry(1)], '\n## Why\n'),
      ours: proposal('a: 1\n', [entry(1), entry(3)], '\n## Why\n'),
      theirs: proposal('a: 2\n', [entry(1), entry(2)], '\n## Why\n'),
    }
    expect(parseFrontmatter(repair(text, index)?.text ?? '').data).toMatchObject({ a: 'settled' })
  })

  it('is cut where one conflict reaches from the frontmatter into the body', () => {
    const ours = proposal('a: 1\n', [entry(1), entry(3)], '\n## Why ours\n\nBecause.\n')
    const theirs = proposal('a: 1\n', [entry(1), entry(2)], '\n## Why theirs\n\nBecause.\n')
    const base = proposal('a: 1\n', [entry(1)])
    const text = mergeTexts({ base, ours, theirs }, labels)
    expect(text.match(/^<{7}/gm)).toHaveLength(1)
    const body = '\n<<<<<<< HEAD\n## Why ours\n=======\n## Why theirs\n>>>>>>> other\n\nBecause.\n'
    const meant = proposal('a: 1\n', [entry(1), entry(2), entry(3)], body)
    expect(repair(text, { base, ours, theirs })?.text).toBe(meant)
    expect(repair(text)?.text).toBe(meant)
    const edited = `${text}A person went on.\n`
    expect(repair(edited, { base, ours, theirs })?.text).toBe(`${meant}A person went on.\n`)
  })

  it('has nothing to repair when only its body mentions a conflict', () => {
    const body = '\n## Why\n\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n```\n'
    expect(repair(proposal('a: 1\n', [entry(1)], body))).toBeNull()
    expect(repair(body)).toBeNull()
  })
})
