import { describe, expect, it } from 'vitest'
import type { FigureText } from '../../src/figures/bindings/parse-bindings.ts'
import { compareText } from '../../src/figures/comparison/compare-text.ts'
import { findFormerValues, formerValueFindings } from '../../src/figures/former-values/find-former-values.ts'
import { formerIndexOf } from '../../src/figures/former-values/former-index.ts'
import { checkDefinitions } from '../../src/figures/judging/check-definitions.ts'
import type { MeasuredFigures } from '../../src/figures/measured.ts'
import { reconcileText } from '../../src/figures/reconciling/reconcile-text.ts'
import { artifactsOf, figuresOf } from '../support/figure-fixture.ts'

const REST = {
  'tests.skipped': { value: 5 },
  'tests.defined': { value: 938 },
  eval_ratio: { value: 1.23 },
  derivations: { value: 504 },
  leaf_rebuilds: { value: 13 },
  root_rebuilds: { value: 135 },
}
const asBuilt = figuresOf('figures-story', {
  ...REST,
  checks: { value: 27, former: [12, 14] },
  'tests.passed': { value: 933, former: [911] },
})
const trimmed = figuresOf('figures-story', {
  ...REST,
  checks: { value: 26, former: [12, 14, 27] },
  'tests.passed': { value: 933, former: [911] },
})
const artifacts = artifactsOf('figures-story', 'split-build')

function told(texts: FigureText[], figures: MeasuredFigures): string[] {
  const index = formerIndexOf(figures)
  return texts.flatMap(text =>
    [...compareText(text, figures).findings, ...formerValueFindings(text, findFormerValues(text, index))].map(
      ({ code, file, line, args }) => `${file}:${line} ${code} ${'asserted' in args ? args.asserted : ''}`,
    ),
  )
}

describe('a change that states what was true before it was built', () => {
  it('is reported by file and line, bound lines as drift and the others as former values', () => {
    expect(told(artifacts, asBuilt)).toEqual([
      'design.md:5 figure/former-value 14 checks',
      'design.md:7 figure/former-value 14 checks',
      'design.md:7 figure/former-value 911',
      'proposal.md:7 figure/former-value 14 checks',
      'proposal.md:7 figure/former-value 911',
      'proposal.md:8 figure/former-value 14 checks',
      'specs/build/spec.md:5 figure/drift 14 checks',
      'specs/build/spec.md:6 figure/drift 911',
      'specs/build/spec.md:11 figure/drift 14 checks',
      'tasks.md:4 figure/former-value 14 checks',
    ])
    expect(checkDefinitions(asBuilt, new Set())).toEqual([])
  })

  it('passes where it was reconciled, until the value changes again', () => {
    const reconciled = artifacts.map(source => ({
      ...source,
      text: reconcileText(source, asBuilt, { force: false }).text,
    }))
    const spec = reconciled.filter(({ kind }) => kind === 'spec')
    expect(told(spec, asBuilt)).toEqual([])
    expect(spec[0]?.text).toContain('exactly 27 checks. <!-- fig: checks=27 -->')
    expect(spec[0]?.text).toContain('twenty-seven names are printed <!-- fig: checks=27 -->')
    expect(told(spec, trimmed)).toEqual([
      'specs/build/spec.md:5 figure/drift 27 checks',
      'specs/build/spec.md:11 figure/drift 27 checks',
    ])
    const residual = { kind: 'prose', file: 'design.md', text: 'All 27 checks are green.\n' } as const
    expect(told([residual], trimmed)).toEqual(['design.md:1 figure/former-value 27 checks'])
  })
})
