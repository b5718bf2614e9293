import { OpsxError } from '../../errors.ts'
import { parseYaml } from '../parse-yaml.ts'
import { applySplices } from '../splice.ts'
import { applyToData, sameDocument, valueAt, type YamlEdit } from './yaml-data.ts'
import { locateYaml, placeOf, refusal, type YamlText, type YamlTextOptions } from './yaml-place.ts'
import { planEdits } from './yaml-plan.ts'
import { startOf } from './yaml-position.ts'

/** Above this many characters the result is checked with one parser instead of two. */
const SECOND_OPINION_LIMIT = 200_000

/**
 * Edits a YAML text by splicing: bytes outside the edited places stay, and the result is read back and must say
 * exactly what was meant (DIALECTS: Writing rules). Edits apply in order; appended entries are oldest first.
 * Throws OpsxError EDIT_REFUSED with path and line.
 */
export function editYaml(source: string, edits: YamlEdit[], options: YamlTextOptions = {}): string {
  try {
    return batchesOf(edits).reduce((text, batch) => editBatch(text, batch, options), source)
  } catch (error) {
    if (error instanceof RangeError) throw refused('it is nested too deeply', error)
    throw error
  }
}

function editBatch(source: string, edits: YamlEdit[], options: YamlTextOptions): string {
  const read = parseYaml(source)
  if (read.problem) {
    throw refused(`${read.problem.reason} at line ${(options.firstLine ?? 1) + read.problem.line - 1}`)
  }
  const plain = edits.filter(edit => changes(read.value, edit))
  if (plain.length === 0 && source.length > SECOND_OPINION_LIMIT) return source

  const text = locateYaml(source, options)
  const second = source.length > SECOND_OPINION_LIMIT ? undefined : { value: dataOf(text) }
  const needed = edits.filter(edit => changes(read.value, edit) || (second && changes(second.value, edit)))
  if (needed.length === 0) return source

  const result = applySplices(source, planEdits(text, read.value, needed))
  const meant = needed.reduce(applyToData, read.value)
  const checked = parseYaml(result)
  const same = checked.problem === null && sameDocument(checked.value, meant)
  if (!same || (second && !saysTheSame(result, needed.reduce(applyToData, second.value)))) {
    const path = needed[0]?.path ?? []
    const place = placeOf(text, path)
    const offset = place.kind === 'found' ? startOf(place.pair) : 0
    throw refusal(text, path, { reason: 'the edited text would not read back as meant', offset })
  }
  return result
}

function changes(data: unknown, edit: YamlEdit): boolean {
  if (edit.path.length === 0 || edit.path.includes('__proto__')) throw refused('no such key can be edited')
  const value = valueAt(data, edit.path)
  if (edit.kind === 'set') return value !== edit.value
  return edit.kind !== 'remove' || value !== undefined
}

function saysTheSame(result: string, meant: unknown): boolean {
  try {
    return sameDocument(dataOf(locateYaml(result)), meant)
  } catch {
    return false
  }
}

function dataOf(text: YamlText): unknown {
  try {
    return text.document.toJS()
  } catch (error) {
    throw refused('its aliases cannot be resolved', error)
  }
}

function refused(reason: string, cause?: unknown): OpsxError {
  return new OpsxError('EDIT_REFUSED', `Cannot edit the YAML: ${reason}.`, {
    hint: 'Repair the file by hand, then run again.',
    cause,
  })
}

/** Cuts edits into runs that do not build on each other, so that each run needs one parse. */
function batchesOf(edits: YamlEdit[]): YamlEdit[][] {
  const batches: YamlEdit[][] = []
  let seen = new Map<string, YamlEdit['kind'] | 'above'>()
  let batch: YamlEdit[] = []
  for (const edit of edits) {
    const prefixes = edit.path.map((_, index) => JSON.stringify(edit.path.slice(0, index + 1)))
    const own = prefixes.pop() ?? ''
    const clash =
      edit.kind === 'remove' ||
      prefixes.some(prefix => seen.has(prefix) && seen.get(prefix) !== 'above') ||
      (seen.has(own) && !(edit.kind === 'append' && seen.get(own) === 'append'))
    if (batch.length === 0 || clash) {
      batch = []
      batches.push(batch)
      seen = new Map()
    }
    batch.push(edit)
    for (const prefix of prefixes) seen.set(prefix, 'above')
    seen.set(own, edit.kind)
    if (edit.kind === 'remove') batch = []
  }
  return batches
}
