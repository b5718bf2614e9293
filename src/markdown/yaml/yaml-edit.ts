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

/**
 * Edits a YAML text by splicing: bytes outside the edited places do not change. The result is parsed again and must
 * contain exactly the intended data. Edits apply in order.
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
  let intended = value
  let result = source
  for (const edit of edits) {
    if (!changes(intended, edit)) continue
    try {
      result = applyEdit(locateYaml(result, options), edit, intended)
    } catch (error) {
      // The message names a line of the file, which earlier edits may have moved.
      applyEdit(locateYaml(source, options), edit, value)
      throw error
    }
    intended = applyToData(intended, edit)
  }
  if (result === source) return result
  const read = parseYaml(result)
  if (!read.problem && sameDocument(read.value, intended)) return result
  throw refused('the edited text would not read back as intended')
}

function changes(data: unknown, edit: YamlEdit): boolean {
  if (edit.path.length === 0 || edit.path.includes('__proto__')) throw refused('this key cannot be edited')
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
    throw refusal(text, path, { reason: 'the key already exists', offset: startOf(place.pair) })
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

function refused(reason: string, cause?: unknown): OpsxError {
  return new OpsxError('EDIT_REFUSED', `Cannot edit the YAML: ${reason}.`, {
    hint: 'Fix the file, then run again.',
    cause,
  })
}
