import { ERROR_EXITS, EXIT } from '../errors.ts'
import type { Explanation } from '../findings/explanations.ts'
import { nearestOf } from '../findings/nearest-name.ts'
import type { Style } from './style.ts'
import { wrap } from './style.ts'

/** The explanation of a code in any case; undefined when there is none. */
export function explanationOf(explanations: Explanation[], text: string): Explanation | undefined {
  const folded = text.trim().toLowerCase()
  return explanations.find(({ code }) => code.toLowerCase() === folded)
}

/** The code that was probably meant: misspelled, or with a missing or wrong area. */
export function nearestCode(codes: string[], text: string): string | undefined {
  const folded = text.trim().toLowerCase()
  const tail = folded.slice(folded.indexOf('/') + 1)
  const same = codes.find(code => code.slice(code.indexOf('/') + 1) === tail)
  if (same) return same
  const near = nearestOf(
    folded,
    codes.map(code => code.toLowerCase()),
  )
  return near && codes.find(code => code.toLowerCase() === near)
}

/** `opsx/explain@1` (FORMATS.md). */
export function explainDocument(explanations: Explanation[]): Record<string, unknown> {
  return {
    pages: explanations.map(({ code, family, ...parts }) => ({
      code,
      family,
      exitCode: exitCodeOf(code),
      ...parts,
    })),
  }
}

/** One explanation for a terminal. */
export function formatExplanation({ code, means, why, fix, example }: Explanation, style: Style): string {
  const exitCode = exitCodeOf(code)
  const kind = exitCode === null ? 'finding' : `error, exit code ${exitCode}`
  const part = (title: string, text: string) =>
    `${style.bold(title)}\n${indented(wrap(text, style.columns - 2))}\n`
  return [
    `${style.bold(code)} ${style.dim(`(${kind})`)}\n${wrap(means, style.columns).join('\n')}\n`,
    part('Why it matters', why),
    part('How to fix it', fix),
    `${style.bold('Example')}\n${indented(example.split('\n'))}\n`,
  ].join('\n')
}

/** Every code with its meaning, by family. */
export function formatCodes(explanations: Explanation[], style: Style): string {
  const families = [...new Set(explanations.map(({ family }) => family))]
  return families
    .map(family =>
      formatFamily(
        explanations.filter(explanation => explanation.family === family),
        style,
      ),
    )
    .join('\n')
}

function formatFamily(explanations: Explanation[], style: Style): string {
  const [first] = explanations
  if (!first) return ''
  const width = Math.max(...explanations.map(({ code }) => code.length)) + 2
  const lines = explanations.flatMap(({ code, means }) =>
    wrap(means, Math.max(30, style.columns - width)).map(
      (line, index) => (index === 0 ? code : '').padEnd(width) + line,
    ),
  )
  const exitCode = exitCodeOf(first.code)
  const heading = exitCode === null ? first.family : `${first.family} (exit code ${exitCode})`
  return `${style.bold(heading)}\n${lines.join('\n')}\n`
}

/** Null for a finding. */
function exitCodeOf(code: string): number | null {
  if (code === 'BUG') return EXIT.bug
  return (ERROR_EXITS as Record<string, number>)[code] ?? null
}

function indented(lines: string[]): string {
  return lines.map(line => (line === '' ? '' : `  ${line}`)).join('\n')
}
