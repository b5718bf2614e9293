import { CHANGE, formatSpec, PROPOSAL, TASKS } from '../../src/demo/change-files.ts'
import type { Stage } from './stage.ts'

/** One command of a story, and what people did to the files before it. */
export interface Step {
  args: string[]
  prepare?(stage: Stage): void
}

/** Steps that are played and compared as one; an act begins where the one before it ended. */
export interface Act {
  name: string
  steps: Step[]
}

export const DIRECTORY = `openspec/changes/${CHANGE}`
export const PROPOSAL_FILE = `${DIRECTORY}/proposal.md`
export const VERIFY_FILE = `${DIRECTORY}/verify.md`
export const SPEC_FILE = `${DIRECTORY}/specs/${CHANGE}/spec.md`
export const TASKS_FILE = `${DIRECTORY}/tasks.md`

function propose(stage: Stage): void {
  stage.write(PROPOSAL_FILE, PROPOSAL)
  stage.write(TASKS_FILE, TASKS)
  stage.write(SPEC_FILE, formatSpec({ checks: 14, passed: 911 }))
  stage.commit('Propose one build substrate')
}

function verify(decision: 'PASS' | 'FAIL', ...issues: string[]): (stage: Stage) => void {
  return stage => {
    stage.write(VERIFY_FILE, formatVerify(decision, issues))
    stage.commit(`Verify: ${decision}`)
  }
}

function reconcile(stage: Stage): void {
  stage.write(SPEC_FILE, formatSpec({ checks: 27, passed: 933 }))
  verify('PASS')(stage)
}

/** A reopened change is verified again. */
function withdraw(stage: Stage): void {
  stage.git('rm', '--quiet', '--ignore-unmatch', VERIFY_FILE)
  stage.commit('Withdraw the verdict')
}

/** The golden ledger up to review. */
const golden: Act = {
  name: 'golden',
  steps: [
    { args: ['init', '--workspace', 'acme', '--team', 'CAM'] },
    { args: ['new', CHANGE] },
    { args: ['bind', CHANGE, 'CAM-15'], prepare: propose },
    { args: ['task', 'check', CHANGE, '1.1'], prepare: stage => stage.commit('Bind the change') },
    { args: ['sync'] },
    { args: ['sync'], prepare: verify('FAIL', 'the spec says 14 checks, measured 27') },
    { args: ['sync'], prepare: reconcile },
  ],
}

/** Back from review, another failure, the bound, and a person who decides. */
const rounds: Act = {
  name: 'rounds',
  steps: [
    {
      args: ['review', 'reject', CHANGE, '--reason', 'no figures'],
      prepare: stage => stage.commit('Review'),
    },
    { args: ['sync', '--commit'] },
    { args: ['sync', '--commit'], prepare: verify('FAIL', 'the second') },
    { args: ['sync', '--commit'], prepare: verify('FAIL', 'the third') },
    { args: ['review', 'approve', CHANGE, '--reason', 'go on'] },
    { args: ['sync'], prepare: verify('PASS', 'nothing left') },
  ],
}

/** The ends that a person may set, each twice, so that every one is an event of its own. */
const ends: Act = {
  name: 'ends',
  steps: [
    { args: ['cancel', CHANGE, '--reason', 'not now'] },
    { args: ['reopen', CHANGE, '--reason', 'now'], prepare: withdraw },
    { args: ['cancel', CHANGE, '--reason', 'never'] },
    { args: ['reopen', CHANGE, '--reason', 'after all'] },
    { args: ['sync'], prepare: verify('PASS', 'nothing left at all') },
  ],
}

export const ACTS: Act[] = [golden, rounds, ends]

/** A verify report with one decision checked, as a reviewer would write it by hand. */
function formatVerify(decision: 'PASS' | 'FAIL', issues: string[]): string {
  const tick = (wanted: string) => (wanted === decision ? 'x' : ' ')
  const critical = issues.map((issue, index) => `${index + 1}. ${issue}`).join('\n') || 'None.'
  return `# Verification Report

## Issues

### CRITICAL

${critical}

## Overall Decision

- [${tick('PASS')}] (pass) PASS
- [ ] (warn) PASS WITH WARNINGS
- [${tick('FAIL')}] (fail) FAIL
`
}
