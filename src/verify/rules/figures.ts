import { type Assertion, compareText } from '../../figures/comparison/compare-text.ts'
import { tellNumber, tellSource, tellValue } from '../../figures/comparison/tell-value.ts'
import type { MeasuredFigures, TextKind } from '../../figures/measured.ts'
import type { FormerIndex } from '../../figures/sweep/former-index.ts'
import { formerValueFindings, sweepText } from '../../figures/sweep/sweep-text.ts'
import type { Finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import type { FigureRow, JudgedFigures } from '../figure-row.ts'
import { gates } from './gates.ts'

/** One Markdown file of a change. */
export interface Artifact {
  /** Relative to the change's directory. */
  file: string
  /** Relative to the root. */
  path: string
  text: string
}

export interface FigureParts {
  change: TrackedChange
  /** Those that tell of the present; history files must not come here. */
  artifacts: Artifact[]
  measured: MeasuredFigures
  /** Of `measured`. */
  former: FormerIndex
  /** What is wrong with the change's own definitions. */
  definitions: Finding[]
}

/** Bindings, former values and gates of one change (FIGURES "Findings", "Task gates"). */
export function judgeFigures({
  change,
  artifacts,
  measured,
  former,
  definitions,
}: FigureParts): Omit<JudgedFigures, 'digest'> {
  const findings: Finding[] = definitions.map(each => ({ ...each, change: change.name }))
  const assertions: Assertion[] = []
  const cited = new Set<string>()
  for (const { file, path, text } of artifacts) {
    const source = { text, file: path, kind: kindOf(file), change: change.name }
    const compared = compareText(source, measured)
    findings.push(...compared.findings, ...formerValueFindings(source, sweepText(source, former)))
    assertions.push(...compared.assertions)
    for (const name of compared.cited) cited.add(name)
  }
  findings.push(...gates(change, measured))
  const names = [...cited].sort()
  const stated = (name: string) => assertions.filter(({ figure }) => figure === name)
  return {
    findings,
    assertions: assertions.filter(({ file }) => file.startsWith(`${change.directory}/specs/`)),
    rows: () => names.map(name => rowOf(name, { assertions: stated(name), change, measured })),
    cited: names,
  }
}

/** What kind of artifact a file of a change is. */
export function kindOf(file: string): TextKind {
  if (file.startsWith('specs/')) return 'spec'
  return file === 'tasks.md' || file === 'plan.md' ? 'tasks' : 'prose'
}

function rowOf(
  name: string,
  {
    assertions,
    change,
    measured,
  }: { assertions: Assertion[]; change: TrackedChange; measured: MeasuredFigures },
): FigureRow {
  const known = measured.figures.get(name)
  const unit = known?.figure.unit ?? ''
  const said = (isThere: (file: string) => boolean) => {
    const here = assertions.filter(({ file }) => isThere(file.slice(change.directory.length + 1)))
    return [...new Set(here.map(({ value }) => tellNumber(value.value, unit)))].join(', ')
  }
  return {
    figure: name,
    spec: said(file => file.startsWith('specs/')),
    design: said(file => file === 'design.md'),
    proposal: said(file => file === 'proposal.md'),
    measured: known?.value == null ? '' : tellValue(known.value, unit),
    state: known?.state ?? 'unmeasured',
    evidence: known ? tellSource(known, measured) : '',
  }
}
