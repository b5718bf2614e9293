import type { Change } from '../../change/change.ts'
import type { Finding } from '../../findings/finding.ts'
import { type Assertion, compareText } from '../comparison/compare-text.ts'
import { formatAmount, formatSource, formatValue } from '../comparison/format-value.ts'
import { findFormerValues, formerValueFindings } from '../former-values/find-former-values.ts'
import type { FormerIndex } from '../former-values/former-index.ts'
import { gateFindings } from '../gates/gate-findings.ts'
import type { FigureState, MeasuredFigures } from '../measured.ts'
import { type Artifact, kindOf } from '../reading/figure-texts.ts'

export interface ChangeFigureFacts {
  change: Change
  /** Must not contain history files. */
  artifacts: Artifact[]
  measured: MeasuredFigures
  /** Built from `measured`. */
  former: FormerIndex
  /** Findings about the change's own figures.yaml. */
  definitions: Finding[]
}

/** A row of the figures table: what each artifact states, and the measured value. A cell is empty without a value. */
export interface FigureRow {
  figure: string
  spec: string
  design: string
  proposal: string
  measured: string
  state: FigureState
  /** Command, commit and time of the measurement, separated by commas. */
  evidence: string
}

export interface ChangeFigureFindings {
  findings: Finding[]
  /** Exact values that its delta specs state. */
  assertions: Assertion[]
  /** One row per figure that its artifacts bind, sorted by name. */
  rows(): FigureRow[]
  /** Full names of the figures that its artifacts bind, sorted. */
  cited: string[]
}

/** Checks the bindings, former values and task gates of one change. */
export function judgeChangeFigures(facts: ChangeFigureFacts): ChangeFigureFindings {
  const { change, artifacts, measured, former, definitions } = facts
  const findings: Finding[] = definitions.map(each => ({ ...each, change: change.name }))
  const assertions: Assertion[] = []
  const cited = new Set<string>()
  for (const { file, path, text } of artifacts) {
    const source = { text, file: path, kind: kindOf(file), change: change.name }
    const compared = compareText(source, measured)
    findings.push(...compared.findings, ...formerValueFindings(source, findFormerValues(source, former)))
    assertions.push(...compared.assertions)
    for (const name of compared.cited) cited.add(name)
  }
  findings.push(...gateFindings(change, measured))
  const names = [...cited].sort()
  return {
    findings,
    assertions: assertions.filter(({ file }) => file.startsWith(`${change.directory}/specs/`)),
    rows: () => names.map(name => rowOf(name, assertions, facts)),
    cited: names,
  }
}

function rowOf(name: string, assertions: Assertion[], { change, measured }: ChangeFigureFacts): FigureRow {
  const known = measured.figures.get(name)
  const unit = known?.figure.unit ?? ''
  const stated = (isIn: (file: string) => boolean) => {
    const here = assertions.filter(
      ({ figure, file }) => figure === name && isIn(file.slice(change.directory.length + 1)),
    )
    return [...new Set(here.map(({ value }) => formatAmount(value.value, unit)))].join(', ')
  }
  return {
    figure: name,
    spec: stated(file => file.startsWith('specs/')),
    design: stated(file => file === 'design.md'),
    proposal: stated(file => file === 'proposal.md'),
    measured: known?.value == null ? '' : formatValue(known.value, unit),
    state: known?.state ?? 'unmeasured',
    evidence: known ? formatSource(known, measured) : '',
  }
}
