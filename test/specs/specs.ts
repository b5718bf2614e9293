import type { Finding } from '../../src/findings/finding.ts'
import { readDeltas, readMainSpecs } from '../../src/specs/read-specs.ts'
import { validateChange, validateMainSpecs } from '../../src/specs/validate-change.ts'
import { fixture } from '../support/fixture.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'

export const STATEMENT = 'The door SHALL stay shut.\n'
export const SCENARIO = '#### Scenario: At night\n\n- **WHEN** it is late\n- **THEN** nobody comes in\n'

export function requirement(name: string, body = `${STATEMENT}\n${SCENARIO}`): string {
  return `### Requirement: ${name}\n\n${body}\n`
}

export function mainSpec(...requirements: string[]): string {
  const purpose = 'It decides who may come in, and it remembers who has been here.'
  return `# access Specification\n\n## Purpose\n\n${purpose}\n\n## Requirements\n\n${requirements.join('\n')}`
}

/** Findings of one change and its main spec, both given as text. */
export function findingsOf(
  delta: string,
  main: string | null = null,
  more: Record<string, string> = {},
): Finding[] {
  const files: Record<string, string> = { 'openspec/changes/one/specs/access/spec.md': delta, ...more }
  if (main !== null) files['openspec/specs/access/spec.md'] = main
  return allFindings(memoryWorkspace(files))
}

/** `severity code:line` of each finding, main spec first. */
export function reported(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, code, line }) => `${severity} ${code}:${line}`)
}

/** Findings of the change `one` in a situation of test/fixtures/specs. */
export function fixtureFindings(situation: string): Finding[] {
  return allFindings(fixture(`specs/${situation}`))
}

function allFindings(workspace: ReturnType<typeof fixture>): Finding[] {
  const directory = 'openspec/changes/one'
  const main = readMainSpecs(workspace)
  const specs = readDeltas(workspace, directory)
  return [
    ...validateMainSpecs(main),
    ...validateChange({ name: 'one', directory, specs, proposal: null }, main),
  ]
}
