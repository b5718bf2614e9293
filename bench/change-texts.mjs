import { createHash } from 'node:crypto'
import { proseOf, sentenceOf, uuidOf } from './random.mjs'

/** Every third change has failed verification once and goes on; the others wait for review. */
export function isFailing(index) {
  return index % 3 === 1
}

/** proposal.md of about 5 KB: D10 frontmatter in step with the change's phase, then the proposal. */
export function formatProposal(random, { index, name, verify }) {
  const state = isFailing(index) ? 'In Progress' : 'In Review'
  const entry = (minute, transition, rest) =>
    `  - { at: "2026-06-11T1${minute}:21:22Z", transition: "${transition}", ${rest} }`
  const crossing = isFailing(index)
    ? `outcome: "dropped", note: "verify.md FAIL; re-queued", evidence: "${digestOf(verify)}"`
    : 'outcome: "posted", note: "T3: verify.md PASS"'
  const [first, second] = capabilitiesOf(name)
  const head = `---
linear_story_id: ${uuidOf(random)}
linear_story_identifier: CAM-${index + 1}
linear_story_title: "${sentenceOf(random)}"
linear_story_url: https://linear.app/acme/issue/CAM-${index + 1}/${name}
linear_story_state: ${state}
linear_team: CAM
linear_project: build-performance
opsx_change_id: ${uuidOf(random)}
last_synced_state: ${state}
last_synced_at: 2026-06-11T13:21:23Z
review_round: ${isFailing(index) ? 1 : 0}
attempt_log:
${entry(1, 'Backlog->Todo', 'outcome: "posted", note: "T1: bound"')}
${entry(2, 'Todo->In Progress', 'outcome: "posted", note: "T2: first box ticked"')}
${entry(3, 'In Progress->In Review', crossing)}
---

`
  const body = `## Why

${proseOf(random, 400)}
## What Changes

${Array.from({ length: 6 }, () => `- ${sentenceOf(random)}`).join('\n')}

## Capabilities

### New Capabilities

- \`${first}\`: ${sentenceOf(random)}
- \`${second}\`: ${sentenceOf(random)}

## Impact

`
  return head + body + proseOf(random, 5000 - head.length - body.length)
}

/** design.md of about 8 KB. */
export function formatDesign(random) {
  const section = (title, bytes) => `## ${title}\n\n${proseOf(random, bytes)}\n`
  const decision = number => `### D${number}: ${sentenceOf(random)}\n\n${proseOf(random, 1000)}\n`
  return (
    section('Context', 1200) +
    section('Goals / Non-Goals', 800) +
    `## Decisions\n\n${decision(1)}${decision(2)}${decision(3)}` +
    section('Risks / Trade-offs', 1200) +
    section('Migration Plan', 800) +
    section('Open Questions', 500)
  )
}

/** tasks.md with thirty tasks in five groups; all are checked when the change waits for review. */
export function formatTasks(random, { index }) {
  const ticked = isFailing(index) ? 15 : 30
  let text = ''
  for (let box = 0; box < 30; box++) {
    if (box % 6 === 0) text += `${box > 0 ? '\n' : ''}## ${box / 6 + 1}. ${sentenceOf(random)}\n\n`
    text += `- [${box < ticked ? 'x' : ' '}] ${Math.floor(box / 6) + 1}.${(box % 6) + 1} ${sentenceOf(random)}\n`
  }
  return text
}

/** The two capabilities a change adds; no two changes share one. */
export function capabilitiesOf(name) {
  return [`${name}-reading`, `${name}-writing`]
}

/** A delta spec of about 2 KB. */
export function formatDelta(random) {
  const requirement = number => `### Requirement: ${sentenceOf(random).slice(0, -1)} ${number}

The system SHALL keep this. ${proseOf(random, 300)}
#### Scenario: ${sentenceOf(random).slice(0, -1)}

- **WHEN** ${sentenceOf(random)}
- **THEN** ${sentenceOf(random)}

`
  return `## ADDED Requirements\n\n${[1, 2, 3].map(requirement).join('')}`
}

/** verify.md of about 3 KB with one decision checked. */
export function formatVerify(random, { index, name }) {
  const tick = failing => (failing === isFailing(index) ? 'x' : ' ')
  return `# Verification Report

**Change**: \`${name}\`

## 2. Task Completion (tasks.md)

${proseOf(random, 1200)}
## 4. Design / Specs Coherence Spot Check

${proseOf(random, 1200)}
## Overall Decision

- [${tick(false)}] (pass) PASS — files and implementation agree
- [ ] (warn) PASS WITH WARNINGS — agrees, with the warnings above
- [${tick(true)}] (fail) FAIL — the criticals above come first
`
}

function digestOf(text) {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}
