import { expect } from 'vitest'
import type { Phase } from '../../src/change/states.ts'
import {
  changeFiles,
  codesOf,
  createScenario,
  PROPOSAL,
  readFile,
  type Scenario,
  type ScenarioOptions,
} from '../support/scenario.ts'

/** A change in `phase`, with `recorded` as its state of record (none: an empty ledger). */
export async function scenarioOf(
  phase: Phase,
  recorded: Phase | null,
  options: ScenarioOptions & { more?: string } = {},
) {
  const { more = '', ...others } = options
  const scenario = await createScenario({ state: recorded ?? 'Backlog', ...others })
  const record = recorded ? { recorded } : {}
  scenario.repository.commit('Change', changeFiles({ phase, ...record, more }))
  return scenario
}

/** One sync: exit 0, nothing written to Linear, a second run changes nothing. Resolves to the findings. */
export async function restraint({ opsx, board, repository }: Scenario) {
  const ran = await opsx(['sync', '--json'])
  expect(ran.exitCode).toBe(0)
  expect(board()).toMatchObject({ mutations: 0, moves: 0, comments: 0 })
  const after = readFile(repository, PROPOSAL)
  const again = await opsx(['sync', '--json'])
  expect(codesOf(again)).toEqual(codesOf(ran))
  expect(readFile(repository, PROPOSAL)).toBe(after)
  expect(board()).toMatchObject({ mutations: 0 })
  expect((await opsx(['sync', '--strict'])).exitCode).toBe(
    ran.json().findings.some(({ severity }: { severity: string }) => severity === 'warning') ? 1 : 0,
  )
  return ran.json().findings as { code: string; message: string; fix: string }[]
}
