import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { costOf } from '../support/cost.ts'
import { openStage, SEED, type Stage } from '../support/stage.ts'

describe('a thousand bound changes in step', () => {
  const COUNT = 1000
  const numbers = Array.from({ length: COUNT }, (_, index) => index + 1)
  let stage: Stage

  beforeAll(async () => {
    const issues = numbers.map(number => ({ identifier: `CAM-${number}`, state: 'In Progress' }))
    stage = await openStage({ ...SEED, issues })
    const team = stage.linear.store.state.teams[0]?.id ?? ''
    stage.write(
      'openspec/linear.yaml',
      `workspace: { slug: "acme", id: "" }\nteams:\n  "CAM": { id: "${team}", name: "Camera" }\nprojects: {}\n`,
    )
    for (const number of numbers) writeChange(stage, number)
    stage.commit('A thousand changes')
  })
  afterAll(() => stage.close())

  test('cost at most three requests, no mutation and no write', async () => {
    const sync = await costOf(stage, ['sync'])
    expect(sync).toMatchObject({ code: 0, mutations: 0 })
    expect(sync.requests).toBeLessThanOrEqual(3)
    expect(sync.after).toEqual(sync.before)
  })

  test('of which one falls behind cost one comment, one move and one file', async () => {
    stage.write('openspec/changes/change-7/verify.md', '## Overall Decision\n\n- [x] PASS\n- [ ] FAIL\n')
    stage.commit('Verify change 7')
    const sync = await costOf(stage, ['sync'])
    expect(sync).toMatchObject({ code: 0, mutations: 2 })
    // The first write in a clone also tells git which temporary files it need not show.
    const written = [...sync.after].filter(
      ([path, facts]) => sync.before.get(path) !== facts && !path.endsWith('/.git/info/exclude'),
    )
    expect(written.map(([path]) => path.slice(stage.directory.length))).toEqual([
      '/openspec/changes/change-7/proposal.md',
    ])
  })
})

function writeChange(stage: Stage, number: number): void {
  const directory = `openspec/changes/change-${number}`
  const { id } = stage.linear.store.issue(`CAM-${number}`)
  const random = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  stage.write(
    `${directory}/proposal.md`,
    `---
linear_story_id: ${id}
linear_story_identifier: CAM-${number}
linear_story_state: In Progress
linear_team: CAM
opsx_change_id: ${random}
last_synced_state: In Progress
last_synced_at: 2026-06-11T19:21:23Z
review_round: 0
attempt_log:
  - { at: "2026-06-11T19:21:22Z", transition: "Backlog->Todo", outcome: "posted", note: "T1" }
  - { at: "2026-06-11T19:21:23Z", transition: "Todo->In Progress", outcome: "posted", note: "T2" }
---

## Why

Change number ${number} is one of many that agents work on at the same time.
`,
  )
  stage.write(`${directory}/tasks.md`, '- [x] 1.1 Begin\n- [ ] 1.2 End\n')
}
