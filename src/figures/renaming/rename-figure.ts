import { isMap, isScalar, isSeq, parseDocument, type Scalar, type YAMLMap } from 'yaml'
import { applySplices, type Splice } from '../../markdown/splice.ts'
import { markedComments } from '../bindings/marked-comments.ts'
import { parseTerms } from '../bindings/parse-terms.ts'
import type { FigureLock, LockEntry } from '../lock/lock.ts'

/** A new name for a definition. The names of its figures change with it. */
export interface Renaming {
  from: string
  to: string
}

/** The full name after the renaming: `tests.passed` becomes `suite.passed`. */
export function renamedOf(name: string, { from, to }: Renaming): string {
  return name === from || name.startsWith(`${from}.`) ? to + name.slice(from.length) : name
}

/**
 * Renames the definition's key, the names in `derive` and the figures of `claims` in a figures.yaml. Every other byte
 * stays. A text that is not valid YAML is returned unchanged.
 */
export function renameInDefinitions(text: string, renaming: Renaming): string {
  const document = parseDocument(text, { keepSourceTokens: true })
  if (document.errors.length > 0 || !isMap(document.contents)) return text
  const edits: Splice[] = []
  const figures = document.contents.get('figures')
  if (isMap(figures)) {
    for (const { key, value } of figures.items) {
      if (isScalar(key) && key.value === renaming.from) edits.push(...wordEdits(text, key, renaming))
      for (const derive of isMap(value) && !hasOwn(value, renaming.from) ? derivesOf(value) : []) {
        edits.push(...wordEdits(text, derive, renaming))
      }
    }
  }
  const claims = document.contents.get('claims')
  for (const claim of isSeq(claims) ? claims.items : [claims]) {
    const figure = isMap(claim) ? claim.get('figure', true) : undefined
    if (isScalar(figure)) edits.push(...wordEdits(text, figure, renaming))
  }
  return applySplices(text, edits)
}

/** Whether the definition has a yield or derived figure of that name. Inside it, the name then means that figure. */
function hasOwn(definition: YAMLMap, name: string): boolean {
  return ['yields', 'derive'].some(key => {
    const own = definition.get(key)
    return isMap(own) && own.has(name)
  })
}

function derivesOf(definition: YAMLMap): Scalar[] {
  const derive = definition.get('derive', true)
  const values = isMap(derive) ? derive.items.map(({ value }) => value) : [derive]
  return values.map(value => (isMap(value) ? value.get('expression', true) : value)).filter(isScalar)
}

/** Renames the figures in the `fig:` and `gate:` comments of a Markdown text. Every other byte stays. */
export function renameInText(text: string, renaming: Renaming): string {
  const edits = (['fig', 'gate'] as const).flatMap(keyword =>
    markedComments(text, keyword).flatMap(({ body, closed }) => {
      if (
        !closed ||
        !parseTerms(text, body).terms.some(({ figure }) => renamedOf(figure, renaming) !== figure)
      )
        return []
      return namesIn(text, { ...body, list: true }, renaming)
    }),
  )
  return applySplices(text, edits)
}

/** Renames the entries of a lock and keeps their former values. Returns the same object when no entry changes. */
export function renameInLock(lock: FigureLock, renaming: Renaming): FigureLock {
  const moved = [...lock].filter(([name]) => renamedOf(name, renaming) !== name)
  if (moved.length === 0) return lock
  const renamed = moved.map(([name, entry]): [string, LockEntry] => [renamedOf(name, renaming), entry])
  return new Map([...[...lock].filter(([name]) => renamedOf(name, renaming) === name), ...renamed])
}

function wordEdits(text: string, { range }: Scalar, renaming: Renaming): Splice[] {
  return range ? namesIn(text, { start: range[0], end: range[1], list: false }, renaming) : []
}

/** Finds the name as a whole word. In a list, it must begin an item, because the rest of an item is a value. */
function namesIn(
  text: string,
  { start, end, list }: { start: number; end: number; list: boolean },
  { from, to }: Renaming,
): Splice[] {
  const literal = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const before = list ? String.raw`(?<=^\s*|,\s*)` : String.raw`(?<![\w.]|[\w.]-)`
  const matches = text
    .slice(start, end)
    .matchAll(new RegExp(`${before}${literal}(?=\\.\\w|(?!\\w|-\\w|\\.))`, 'g'))
  return [...matches].map(({ index }) => ({
    start: start + index,
    end: start + index + from.length,
    text: to,
  }))
}
