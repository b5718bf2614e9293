import { digestOf } from '../../src/change/decision-digest.ts'
import { readChanges } from '../../src/change/read-changes.ts'
import { trackChange } from '../../src/ledger/track-change.ts'
import { countingOf, decisionOf, type Judged, type Verification } from '../../src/verify/verification.ts'
import { memoryWorkspace } from './memory-workspace.ts'

export const DIRECTORY = 'openspec/changes/add-dark-mode'

const TASKS = `## 1. Theme

- [x] 1.1 Choose the palette
- [x] 1.2 Store the choice
  - [x] 1.2.1 On the server
- [~] 1.3 Try it on a phone (deferred: no device at hand)
`

/** A verification of one change whose tasks are done but for a deferred one; `judged` decides. */
export function verificationOf(
  judged: Judged[],
  parts: Partial<Verification> & { tasks?: string } = {},
): Verification {
  const { tasks = TASKS, ...rest } = parts
  const [read] = readChanges(
    memoryWorkspace({
      [`${DIRECTORY}/proposal.md`]: '## Why\n\nPeople ask.\n',
      [`${DIRECTORY}/tasks.md`]: tasks,
    }),
    { archived: 'none' },
  )
  if (!read) throw new Error('the change was not read')
  const criticals = countingOf(judged)
    .filter(({ dimension, finding }) => dimension !== 'ledger' && finding.severity === 'critical')

    .map(({ finding }) => finding.code)
  return {
    change: trackChange(read),
    judged,
    decision: decisionOf(countingOf(judged)),
    findings: [],
    ready: true,
    deltas: [{ capability: 'theme', state: 'pending', notes: 'folded at archive' }],
    signals: {
      uncommitted: [],
      unpushed: 0,
      commits: { from: '1'.repeat(40), to: '2'.repeat(40), count: 3 },
      code: ['src/theme.ts'],
    },
    figures: [],
    evidence: {
      tool: '1.2.0',
      commit: '2'.repeat(40),
      artifacts: digestOf('artifacts'),
      upstream: digestOf('upstream'),
      specs: digestOf('specs'),
      code: digestOf('code'),
      figures: null,
      paths: ['src/theme.ts'],
      criticals: [...new Set(criticals)].sort(),
    },
    baseLocks: [],
    ...rest,
  }
}
