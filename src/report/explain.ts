import { nearestOf } from '../findings/nearest.ts'
import { FAMILIES, type Family, PAGES } from './pages/families.ts'
import type { Page } from './pages/page.ts'
import type { Style } from './style.ts'
import { wrap } from './style.ts'

/** The page of a code, which has to be exact; undefined for a code that opsx does not know. */
export function pageOf(code: string): Page | undefined {
  return Object.hasOwn(PAGES, code) ? (PAGES as Readonly<Record<string, Page>>)[code] : undefined
}

/** The code that somebody typed, in any case; undefined when there is none. */
export function codeNamed(text: string): string | undefined {
  const folded = text.trim().toLowerCase()
  return Object.keys(PAGES).find(code => code.toLowerCase() === folded)
}

/** The code that was probably meant: the whole of it misspelt, or its area left out or mistaken. */
export function nearestCode(text: string): string | undefined {
  const folded = text.trim().toLowerCase()
  const codes = Object.keys(PAGES)
  const tail = folded.slice(folded.indexOf('/') + 1)
  const same = codes.find(code => code.slice(code.indexOf('/') + 1) === tail)
  if (same) return same
  const near = nearestOf(
    folded,
    codes.map(code => code.toLowerCase()),
  )
  return near && codeNamed(near)
}

/** `opsx/explain@1` (FORMATS.md): one page, or all of them. Throws for a code that has none. */
export function explainDocument(code: string | undefined): Record<string, unknown> {
  const families = code === undefined ? FAMILIES : [familyOf(code)]
  return {
    pages: families.flatMap(({ title, exitCode, pages }) =>
      Object.entries(pages)
        .filter(([name]) => code === undefined || name === code)
        .map(([name, page]) => ({ code: name, family: title, exitCode, ...page })),
    ),
  }
}

/** One page for people. Throws for a code that has none. */
export function formatExplain(code: string, style: Style): string {
  const { exitCode, pages } = familyOf(code)
  const { means, why, fix, example } = pages[code] as Page
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
export function formatCodes(style: Style): string {
  return FAMILIES.map(family => formatFamily(family, style)).join('\n')
}

function formatFamily({ title, exitCode, pages }: Family, style: Style): string {
  const width = Math.max(...Object.keys(pages).map(code => code.length)) + 2
  const lines = Object.entries(pages).flatMap(([code, { means }]) =>
    wrap(means, Math.max(30, style.columns - width)).map(
      (line, index) => (index === 0 ? code : '').padEnd(width) + line,
    ),
  )
  const heading = exitCode === null ? title : `${title} (exit code ${exitCode})`
  return `${style.bold(heading)}\n${lines.join('\n')}\n`
}

function familyOf(code: string): Family {
  const family = FAMILIES.find(({ pages }) => Object.hasOwn(pages, code))
  if (!family) throw new Error(`no page for ${code}`)
  return family
}

function indented(lines: string[]): string {
  return lines.map(line => (line === '' ? '' : `  ${line}`)).join('\n')
}
