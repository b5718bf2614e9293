import fc from 'fast-check'
import { formatLock } from '../../src/figures/lock/format-lock.ts'
import type { LockEntry } from '../../src/figures/lock/lock.ts'
import { appendLedger } from '../../src/ledger/append-ledger.ts'
import { parseFrontmatter } from '../../src/markdown/parse-frontmatter.ts'
import type { Fingerprint } from '../../src/specs/base-fingerprints.ts'
import { formatBaseLock } from '../../src/specs/base-lock.ts'
import { entryOf } from '../support/measured.ts'

/** What happens to a change on a branch: opsx writes its ledger as a sync does, people write the rest. */
export type Deed =
  | { kind: 'cross' | 'requeue' | 'fail' | 'describe' | 'bind' }
  | { kind: 'body'; line: number }
  | { kind: 'key'; value: number }
  | { kind: 'measure'; figure: number; value: number }
  | { kind: 'remember'; requirement: number; digest: number }

/** A change on two branches: `shared` was done on both alike, as by a commit that was picked. */
export interface Pair {
  style: number
  shared: Deed[]
  ours: Deed[]
  theirs: Deed[]
  newline: string
}

/** The files of one version of a change. */
export interface Version {
  proposal: string
  body: string
  figures: Map<string, LockEntry>
  requirements: Map<string, Fingerprint | null>
}

const STATES = ['Backlog', 'Todo', 'In Progress', 'In Review', 'Done']
const FRONTS = [
  '',
  'linear_story_id: CAM-1\nlinear_team: CAM\nlast_synced_state: Backlog\n',
  'schema: spec-driven # ours\n\n# who\nowner: mia\nlinear_story_id: CAM-1\nlinear_story_state: Todo\nlinear_team: CAM\nopsx_change_id: abc\nlinear_description_digest: sha256:00\nlast_synced_state: Todo\nlast_synced_at: 2026-01-01T00:00:09Z\nreview_round: 0\nattempt_log:\n  - { at: "2026-01-01T00:00:09Z", transition: "Backlog->Todo", outcome: "posted", note: "T1" }\n',
  'linear_story_id: CAM-1\nlast_synced_state: Todo\nattempt_log: [{"at": "2026-01-01T00:00:09Z", "transition": "Backlog->Todo", "outcome": "posted", "note": "T1"}]\n',
  'linear_story_id: CAM-1\nattempt_log:\n- at: "2026-01-01T00:00:09Z"\n  transition: Todo->In Progress\n  outcome: posted\n  note: "second"\n  extra: { by: mia }\n- at: "2026-01-01T00:00:04Z"\n  transition: Backlog->Todo\n  outcome: posted\n  note: "first"\nowner: mia\n',
  'linear_story_id: CAM-1\nattempt_log: { at: "2026-01-01T00:00:09Z", transition: "Backlog->Todo", outcome: "posted", note: "T1" }\n',
]
const BODY = [
  '## Why',
  '',
  'One.',
  'Two.',
  '',
  '## What Changes',
  '',
  '- A',
  '- B',
  '- C',
  '',
  '## Impact',
  '',
  'Three.',
  '',
]
const LINES = BODY.flatMap((line, index) => (line === '' ? [] : [index]))

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('body' as const), line: fc.constantFrom(...LINES) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cross' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('describe' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('requeue' as const, 'fail' as const, 'bind' as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('measure' as const), figure: fc.nat(3), value: fc.nat(3) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('remember' as const),
      requirement: fc.nat(3),
      digest: fc.nat(2),
    }),
  },
)
/** A key of a person's changes on one side at most: two different values are a matter for people. */
const oursOnly = fc.record({ kind: fc.constant('key' as const), value: fc.nat(2) })

export const pairs: fc.Arbitrary<Pair> = fc.record({
  style: fc.nat(FRONTS.length - 1),
  shared: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Deed[]>([]) },
    { weight: 1, arbitrary: fc.array(deed, { maxLength: 2 }) },
  ),
  ours: fc.array(fc.oneof({ weight: 9, arbitrary: deed }, { weight: 1, arbitrary: oursOnly }), {
    maxLength: 3,
  }),
  theirs: fc.array(deed, { maxLength: 3 }),
  newline: fc.oneof(
    { weight: 5, arbitrary: fc.constant('\n') },
    { weight: 1, arbitrary: fc.constant('\r\n') },
  ),
})

/** The three versions of a pair. */
export function versionsOf(pair: Pair): { base: Version; ours: Version; theirs: Version } {
  const front = FRONTS[pair.style] ?? ''
  const text = (front === '' ? '' : `---\n${front}---\n\n`) + BODY.join('\n')
  const proposal = text.replaceAll('\n', pair.newline)
  const base = { proposal, body: '', figures: new Map<string, LockEntry>(), requirements: new Map() }
  base.figures.set('figure-0', entryOf(0))
  base.requirements.set('requirement 0', printOf(0))
  const grown = (side: 'ours' | 'theirs') => {
    const common = pair.shared.reduce((version, each, index) => done(version, each, 20 + index, 'both'), base)
    const from = side === 'ours' ? 30 : 31
    return pair[side].reduce((version, each, index) => done(version, each, from + 2 * index, side), common)
  }
  return { base: withBody(base), ours: withBody(grown('ours')), theirs: withBody(grown('theirs')) }
}

function withBody(version: Version): Version {
  const { proposal } = version
  return {
    ...version,
    body: proposal.slice(parseFrontmatter(proposal).bodyOffset).replace(/^(?:\r?\n)+/, ''),
  }
}

function done(version: Version, deed: Deed, second: number, who: string): Version {
  const at = `2026-01-01T00:00:${second}Z`
  const { proposal } = version
  const { data } = parseFrontmatter(proposal)
  const from = String(data.last_synced_state ?? 'Backlog')
  const to = STATES[STATES.indexOf(from) + 1] ?? 'Done'
  const entry = { at, transition: `${from}->${to}`, outcome: 'posted' as const, note: `by ${who}` }
  const ledger = (...[entries, keys]: [Parameters<typeof appendLedger>[1]['entries'], object]) => ({
    ...version,
    proposal: appendLedger(proposal, { entries, keys }),
  })
  switch (deed.kind) {
    case 'cross':
      return ledger([entry], { linear_story_state: to, last_synced_state: to, last_synced_at: at })
    case 'requeue':
      return ledger([{ ...entry, outcome: 'dropped', evidence: `sha256:${second}` }], {
        last_synced_at: at,
        review_round: Number(data.review_round ?? 0) + 1,
      })
    case 'fail':
      return ledger([{ ...entry, outcome: 'failed' }], {})
    case 'describe':
      return ledger([], { linear_description_digest: `sha256:${second}` })
    case 'bind':
      return ledger([], {
        linear_story_id: 'CAM-1',
        linear_story_identifier: 'CAM-1',
        linear_team: 'CAM',
        opsx_change_id: String(data.opsx_change_id ?? `id-${second}`),
      })
    case 'key':
      return { ...version, proposal: withOwner(proposal, deed.value) }
    case 'body': {
      const line = BODY[deed.line] ?? ''
      return { ...version, proposal: proposal.replace(line, `${line} ${who}${second}`) }
    }
    case 'measure': {
      const name = `figure-${deed.figure}`
      const before = version.figures.get(name)
      const former = before ? [...before.previous, { value: before.value, at: before.at, commit: null }] : []
      const figures = new Map(version.figures).set(name, { ...entryOf(deed.value), at, previous: former })
      return { ...version, figures }
    }
    case 'remember': {
      const name = `requirement ${deed.requirement}`
      const requirements = new Map(version.requirements)
      if (!requirements.has(name)) requirements.set(name, printOf(deed.digest))
      return { ...version, requirements }
    }
  }
}

function withOwner(proposal: string, value: number): string {
  if (/^owner: .*$/m.test(proposal)) return proposal.replace(/^owner: [^\r\n]*/m, `owner: o${value}`)
  return proposal.replace(/^---(\r?\n)/, `---$1owner: o${value}$1`)
}

function printOf(digest: number): Fingerprint {
  return { statement: `sha256:${String(digest).repeat(64)}`, scenarios: new Map() }
}

/** Files of a pair in the repository, relative to the directory of its change. */
export function filesOf(version: Version): Record<string, string> {
  return {
    'proposal.md': version.proposal,
    'body.md': version.body,
    'specs/a/base.lock.json': formatBaseLock({ requirements: version.requirements, upstream: null }),
  }
}

/** One lock for the figures of all pairs, each with its own names. */
export function lockOf(versions: Version[]): string {
  const all = versions.flatMap(({ figures }, index) =>
    [...figures].map(([name, entry]) => [`c${index}.${name}`, entry] as const),
  )
  return formatLock(new Map(all))
}
