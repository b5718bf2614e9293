import { createHash } from 'node:crypto'
import { canonicalJson } from '../definitions/canonical-json.ts'
import type { FigureKind, OutputParser } from '../definitions/definition.ts'
import type { Read } from './read.ts'

type Parser = Extract<OutputParser, { type: 'json' }>

/** Reads a figure at a JSON pointer (RFC 6901) of the JSON that a command printed. */
export function jsonValue(text: string, { pointer, as }: Parser, kind: FigureKind): Read {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return { problem: 'the command did not print valid JSON' }
  }
  const at = pointed(data, pointer)
  const place = pointer === '' ? 'its JSON' : pointer
  if (at === undefined) return { problem: `its JSON has nothing at ${pointer}` }
  const raw = JSON.stringify(at)
  if (as === 'digest')
    return { value: `sha256:${createHash('sha256').update(canonicalJson(at)).digest('hex')}`, raw }
  if (as === 'value') return valueRead(at, { kind, place, raw })
  if (typeof at !== 'object' || at === null) return { problem: `${place} is neither a list nor an object` }
  if (as === 'length') return { value: Object.keys(at).length, raw }
  return as === 'sum' ? sumRead(at, { place, raw }) : namesRead(at, { place, raw })
}

function valueRead(
  at: unknown,
  { kind, place, raw }: { kind: FigureKind; place: string; raw: string },
): Read {
  if (typeof at === 'number') return { value: at, raw }
  if (kind === 'digest' && typeof at === 'string' && isPlain(at)) return { value: at, raw }
  return { problem: `${place} is not a number` }
}

function sumRead(at: object, { place, raw }: { place: string; raw: string }): Read {
  const values = Object.values(at)
  const wrong = values.some(value => typeof value !== 'number')
  if (wrong) return { problem: `${place} contains a value that is not a number` }
  return { value: values.reduce((sum, value) => sum + value, 0), raw }
}

function namesRead(at: object, { place, raw }: { place: string; raw: string }): Read {
  const names: unknown[] = Array.isArray(at) ? at : Object.keys(at)
  if (names.every(isPlain)) return { value: names, raw }
  return { problem: `${place} contains a value that is not a name` }
}

function isPlain(name: unknown): name is string {
  return typeof name === 'string' && name !== '' && !/[\u0000-\u001f\u007f]/.test(name)
}

function pointed(data: unknown, pointer: string): unknown {
  const keys = pointer
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return keys.reduce<unknown>((at, key) => {
    const inside =
      typeof at === 'object' &&
      at !== null &&
      Object.hasOwn(at, key) &&
      !(Array.isArray(at) && key === 'length')
    return inside ? (at as Record<string, unknown>)[key] : undefined
  }, data)
}
