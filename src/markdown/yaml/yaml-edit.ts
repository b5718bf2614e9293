import { OpsxError } from '../../errors.ts'
import { isNewestFirst } from '../list-direction.ts'
import { parseYaml } from '../parse-yaml.ts'
import { applySplices, type Splice } from '../splice.ts'
import { applyToData, sameDocument, valueAt, type YamlEdit } from './yaml-data.ts'
import { planAppend } from './yaml-list.ts'
import { planAddition } from './yaml-mapping.ts'
import { locateYaml, placeOf, refusal, type YamlText, type YamlTextOptions } from './yaml-place.ts'
import { startOf } from './yaml-position.ts'
import type { YamlTree } from './yaml-style.ts'
import { planRemove, planReplace } from './yaml-value.ts'

/** Texts with more characters are checked with js-yaml only, not with `yaml` as well. */
const SECOND_PARSER_LIMIT = 200_000

/**
 * Edits a YAML text by splicing: bytes outside the edited places do not change. The result is parsed again and must
 * contain exactly the intended data (DIALECTS: Writing rules). Edits apply in order.
 * Throws OpsxError EDIT_REFUSED with path and line.
 */
export function editYaml(source: string, edits: YamlEdit[], options: YamlTextOptions = {}): string {
  try {
    return applyEdits(source, edits, options)
  } catch (error) {
    if (error instanceof RangeError) throw refused('it is nested too deeply', error)
    throw error
  }
}

function applyEdits(source: string, edits: YamlEdit[], options: YamlTextOptions): string {
  const { value, problem } = parseYaml(source)
  if (problem) throw refused(`${problem.reason} at line ${(options.firstLine ?? 1) + problem.line - 1}`)
  const intended = [value]
  if (source.length <= SECOND_PARSER_LIMIT) intended.push(dataOf(locateYaml(source, options)))

  let result = source
  for (const edit of edits) {
    if (!intended.some(data => changes(data, edit))) continue
    try {
      result = applyEdit(locateYaml(result, options), edit, intended[0])
    } catch (error) {
      // The message names a line of the file, which earlier edits may have moved.
      applyEdit(locateYaml(source, options), edit, value)
      throw error
    }
    for (const [index, data] of intended.entries()) intended[index] = applyToData(data, edit)
  }
  if (result === source || readsAs(result, intended)) return result
  const path = edits[0]?.path ?? []
  const text = locateYaml(source, options)
  const place = placeOf(text, path)
  const offset = place.kind === 'found' ? startOf(place.pair) : 0
  throw refusal(text, path, { reason: 'the edited text would not read back as intended', offset })
}

function changes(data: unknown, edit: YamlEdit): boolean {
  if (edit.path.length === 0 || edit.path.includes('__proto__')) throw refused('no such key can be edited')
  const value = valueAt(data, edit.path)
  if (edit.kind === 'set') return value !== edit.value
  return edit.kind !== 'remove' || value !== undefined
}

function applyEdit(text: YamlText, edit: YamlEdit, data: unknown): string {
  return applySplices(text.source, planEdit(text, edit, data))
}

function planEdit(text: YamlText, edit: YamlEdit, data: unknown): Splice[] {
  const { path } = edit
  const place = placeOf(text, path)
  if (place.kind === 'missing') {
    if (edit.kind === 'remove') return []
    const [key = '', ...below] = place.rest
    const { after, before } = edit
    return planAddition(text, place.holder, { key, value: nested(below, edit), after, before })
  }
  if (edit.kind === 'insert')
    throw refusal(text, path, { reason: 'the key is there already', offset: startOf(place.pair) })
  if (edit.kind === 'set') return [planReplace(text, place, edit)]
  if (edit.kind === 'remove') return planRemove(text, place, path)
  const list = valueAt(data, path)
  const newestFirst = Array.isArray(list) && isNewestFirst(list)
  return planAppend(text, place, { path, entry: edit.item, newestFirst })
}

/** The value of an edit below new keys. */
function nested(keys: string[], edit: Exclude<YamlEdit, { kind: 'remove' }>): YamlTree {
  const value: YamlTree = edit.kind === 'append' ? [edit.item] : edit.value
  return keys.reduceRight<YamlTree>((inner, key) => ({ [key]: inner }), value)
}

/** True when js-yaml, and `yaml` for the second of `intended`, read exactly the intended data. */
function readsAs(result: string, [first, ...others]: unknown[]): boolean {
  const { value, problem } = parseYaml(result)
  if (problem || !sameDocument(value, first)) return false
  try {
    return others.every(data => sameDocument(dataOf(locateYaml(result)), data))
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
