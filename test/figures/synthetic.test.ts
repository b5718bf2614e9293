import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compareText } from '../../src/figures/comparison/compare-text.ts'
import type { FigureValue } from '../../src/figures/definitions/definition.ts'
import { findFormerValues, formerValueFindings } from '../../src/figures/former-values/find-former-values.ts'
import { formerIndexOf } from '../../src/figures/former-values/former-index.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { artifactsOf, directory, figuresOf } from '../support/figure-fixture.ts'
import { bound, drifts, SITUATION } from '../support/synthetic-bindings.ts'

const read = (file: string) => JSON.parse(readFileSync(join(directory(SITUATION), file), 'utf8'))
const lock = read('openspec/figures.lock.json').figures as Record<
  string,
  { value: FigureValue; previous: { value: FigureValue }[] }
>
const figures = figuresOf(
  SITUATION,
  Object.fromEntries(
    Object.entries(lock).map(([name, { value, previous }]) => [
      name,
      { value, former: previous.map(each => each.value) },
    ]),
  ),
)
const artifacts = artifactsOf(SITUATION, 'split-harbor-index')
const index = formerIndexOf(figures)

const labelled = drifts.map(({ file, line, asserted, figure }) =>
  key(file, line, figure, asserted === 'Fourteen' ? 14 : asserted),
)

function key(
  file: string | undefined,
  line: number | undefined,
  figure: string,
  asserted: number | string,
): string {
  return `${file}:${line} ${figure} ${asserted}`
}

function keysOf(findings: Finding[]): string[] {
  return findings.map(({ file, line, args }) => {
    const { figure, asserted } = args as { figure: string; asserted: string }
    return key(file, line, figure, Number.parseFloat(asserted))
  })
}

describe('a change whose every drift and hard negative is labelled', () => {
  it('reports each drift when it is bound, and nothing else', () => {
    const texts = artifacts.map(source => ({ ...source, text: bound(source) }))
    const findings = texts.flatMap(text => compareText(text, figures).findings)
    expect(keysOf(findings.filter(({ code }) => code === 'figure/drift')).sort()).toEqual(
      [...labelled].sort(),
    )
    expect(findings.filter(({ code }) => code !== 'figure/drift')).toMatchObject([
      { code: 'figure/header', file: 'specs/harbor-index/spec.md', line: 3 },
    ])
    expect(texts.flatMap(text => findFormerValues(text, index))).toEqual([])
  })

  it('finds the drifts by their former values when nothing is bound, with hardly a false alarm', () => {
    const found = keysOf(artifacts.flatMap(text => formerValueFindings(text, findFormerValues(text, index))))
    const right = found.filter(each => labelled.includes(each))
    const precision = right.length / found.length
    const recall = right.length / labelled.length
    console.log(`sweep: precision ${(precision * 100).toFixed(0)}%, recall ${(recall * 100).toFixed(0)}%`)
    expect(found.filter(each => !labelled.includes(each))).toEqual([])
    expect(precision).toBeGreaterThanOrEqual(0.95)
    expect(recall).toBeGreaterThanOrEqual(0.75)
  })
})
