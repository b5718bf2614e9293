import { type Finding, type FindingArgs, finding } from '../../findings/finding.ts'
import { nearestOf } from '../../findings/nearest-name.ts'
import type { Binding } from '../bindings/binding.ts'
import { type BoundNumbers, boundNumbersOf } from '../bindings/bound-numbers.ts'
import { type FigureText, parseBindings, placeIn } from '../bindings/parse-bindings.ts'
import { lineOf } from '../bindings/text-spans.ts'
import type { MeasuredFigure, MeasuredFigures } from '../measured.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import { formatSource } from './format-value.ts'
import { invarianceOf, isNear, judgeClaim, numberOf } from './judge-claim.ts'
import { severityOf, type TextCode } from './text-severity.ts'

/** An exact value that a text states for a figure. `value` is the number in the binding. */
export interface Assertion {
  figure: string
  value: NumberToken
  file: string
  /** 1-based line of the text that asserts it. */
  line: number
  change?: string
}

export interface TextComparison {
  findings: Finding[]
  assertions: Assertion[]
  /** Full names of the known figures that the text binds. */
  cited: Set<string>
  /** Number of bindings in its comments. */
  bound: number
}

/**
 * Compares the bindings of a text with the measured values. The caller must omit history files. `fixedBy` is for main
 * specs: by figure, the active change whose delta already states the measured value.
 */
export function compareText(
  source: FigureText,
  measured: MeasuredFigures,
  fixedBy: ReadonlyMap<string, string> = new Map(),
): TextComparison {
  const { bindings, findings } = parseBindings(source)
  const comparison = { findings, assertions: [], cited: new Set<string>(), bound: bindings.length }
  const comparer = new TextComparer({ source, measured, fixedBy, comparison })
  for (const binding of bindings) comparer.compare(binding)
  return comparison
}

interface Comparing {
  source: FigureText
  measured: MeasuredFigures
  fixedBy: ReadonlyMap<string, string>
  comparison: TextComparison
}

class TextComparer {
  readonly #of: Comparing
  /** Figures already reported as stale or unmeasured. Each is reported once per text. */
  readonly #unjudged = new Set<string>()

  constructor(comparing: Comparing) {
    this.#of = comparing
  }

  compare(binding: Binding): void {
    const { measured, comparison, source } = this.#of
    const { figure, target, claim, line } = binding
    const known = measured.figures.get(figure)
    if (!known) {
      const meant = nearestOf(figure, [...measured.figures.keys()]) ?? ''
      this.#report('figure/unknown', line, { figure, meant })
      return
    }
    comparison.cited.add(figure)
    if (!target) {
      this.#report('figure/malformed', line, { reason: 'no text follows that it could bind' })
      return
    }
    const numbers = boundNumbersOf(source.text, binding, known.figure.wording)
    const place = numbers.tokens[0]?.line ?? target.line
    if (isHeaderOfSpec(binding, source)) this.#report('figure/header', target.line, { figure })
    this.#checkAgreement(binding, numbers, place)
    this.#judge(binding, known, place)
    if (claim.type === 'is') {
      const { file, change } = source
      comparison.assertions.push({
        figure,
        value: claim.value,
        file,
        line: place,
        ...(change === undefined ? {} : { change }),
      })
    }
  }

  /** Reports a binding when its text does not state the same value. */
  #checkAgreement(
    { figure, claim, written }: Binding,
    { tokens, instead }: BoundNumbers,
    line: number,
  ): void {
    if (!('value' in claim) || tokens.length > 0) return
    const text = instead
      ? `says ${this.#of.source.text.slice(instead.start, instead.end)}`
      : 'states no such number'
    this.#report('figure/mismatch', line, { figure, bound: written.slice(figure.length).trimEnd(), text })
  }

  #judge({ figure, claim, line: comment }: Binding, known: MeasuredFigure, line: number): void {
    const { source, measured } = this.#of
    const judged = judgeClaim(claim, known)
    if (judged.outcome === 'unjudged') this.#reportUnjudged(known, line)
    if (judged.outcome === 'wrong-kind') {
      this.#report('figure/malformed', comment, {
        reason: `${figure} is ${judged.measured}, so this kind of binding does not apply`,
      })
    }
    const args = { figure, asserted: judged.asserted, measured: judged.measured }
    if (judged.outcome === 'unmet') {
      const from = formatSource(known, measured)
      if (claim.type === 'limit') this.#report('figure/budget', line, { ...args, source: from })
      else this.#drift(line, { ...args, source: from, invariant: invarianceOf(lineOf(source.text, line)) })
    }
    if (
      judged.outcome === 'met' &&
      claim.type === 'limit' &&
      isNear(claim.limit, numberOf(known.value) ?? 0)
    ) {
      this.#report('figure/near-budget', line, args)
    }
  }

  #drift(line: number, args: Omit<FindingArgs['figure/drift'], 'fixedBy'>): void {
    const fixedBy = this.#of.fixedBy.get(args.figure) ?? ''
    if (fixedBy === '') this.#report('figure/drift', line, { ...args, fixedBy })
    else {
      const { file } = this.#of.source
      this.#of.comparison.findings.push(finding('figure/drift', 'info', { ...args, fixedBy }, { file, line }))
    }
  }

  #reportUnjudged({ figure, state, reason }: MeasuredFigure, line: number): void {
    if (this.#unjudged.has(figure.name)) return
    this.#unjudged.add(figure.name)
    if (state === 'stale') this.#report('figure/stale', line, { figure: figure.name, reason })
    else this.#report('figure/unmeasured', line, { figure: figure.name })
  }

  #report<C extends TextCode>(code: C, line: number, args: FindingArgs[C]): void {
    const { source, comparison } = this.#of
    comparison.findings.push(finding(code, severityOf(code, source.kind), args, placeIn(source, line)))
  }
}

/** Whether the number is in a header that archiving uses as a merge key. */
function isHeaderOfSpec({ target, claim }: Binding, { kind, text }: FigureText): boolean {
  if (kind !== 'spec' || !target?.header || !('value' in claim)) return false
  return /^\s*#{3,4}\s+(?:Requirement|Scenario):/i.test(text.slice(target.start, target.end))
}

/** Maps each figure to the first change that states its measured value. */
export function fixesOf(assertions: Assertion[], measured: MeasuredFigures): Map<string, string> {
  const carriers = new Map<string, string>()
  for (const { figure, value, change } of assertions) {
    const known = measured.figures.get(figure)
    if (!known || change === undefined || carriers.has(figure)) continue
    if (judgeClaim({ type: 'is', value }, known).outcome === 'met') carriers.set(figure, change)
  }
  return carriers
}
