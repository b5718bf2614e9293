import { describe, expect, it } from 'vitest'
import { liftDefinitions } from '../../src/figures/definitions/lift-definitions.ts'

const OVERLAY = `# of this change
figures:
    checks:            # how many
        measure: { run: "list-checks", parse: lines }
        inputs:
            - "src/**"

    other: { measure: { run: x } }
    # the end
`

function lifted(base: string | undefined, names = ['checks'], overlay = OVERLAY): string {
  const result = liftDefinitions(base, overlay, names)
  return 'text' in result ? result.text : `problem: ${result.problem}`
}

const CHECKS = `  checks:            # how many
      measure: { run: "list-checks", parse: lines }
      inputs:
          - "src/**"
`

describe('definitions that a delta cites', () => {
  it('go behind the last one of the repository, as they are written and as deep as their neighbours', () => {
    expect(lifted('# ours\nfigures:\n  one: { measure: { run: y } }   # kept\nscan: [README.md]\n')).toBe(
      `# ours\nfigures:\n  one: { measure: { run: y } }   # kept\n${CHECKS}scan: [README.md]\n`,
    )
  })

  it('replace one of the same name in its place', () => {
    expect(lifted('figures:\n  checks:\n    measure: { run: old }\n  one: { measure: { run: y } }\n')).toBe(
      `figures:\n${CHECKS}  one: { measure: { run: y } }\n`,
    )
  })

  it('make the file, or its key, where there is none', () => {
    expect(lifted(undefined)).toBe(
      `# yaml-language-server: $schema=https://unpkg.com/opsx/schemas/figures.json\nfigures:\n${CHECKS}`,
    )
    expect(lifted('scan: [README.md]\n')).toBe(`scan: [README.md]\nfigures:\n${CHECKS}`)
    expect(lifted('figures:\n')).toBe(`figures:\n${CHECKS}`)
  })

  it('take the line ends of the file that they go into', () => {
    expect(lifted('figures:\r\n  one: { measure: { run: y } }\r\n')).toBe(
      `figures:\r\n  one: { measure: { run: y } }\r\n${CHECKS.replaceAll('\n', '\r\n')}`,
    )
  })

  it.each([
    [
      'figures: { one: { measure: { run: y } } }\n',
      OVERLAY,
      'problem: figures in openspec/figures.yaml is not a block mapping',
    ],
    [
      'figures:\n',
      'figures: { checks: { measure: { run: x } } }\n',
      'problem: figures in the change is not a block mapping',
    ],
    [
      'figures:\n',
      'figures:\n  checks: &a\n    measure: *b\n',
      'problem: the copy would have another meaning',
    ],
    ['figures:\n  one: [\n', OVERLAY, 'problem: the copy would have another meaning'],
  ])('are refused rather than damaged: %j', (base, overlay, problem) => {
    expect(lifted(base, ['checks'], overlay)).toBe(problem)
  })
})
