import { notModelled } from './errors.ts'

type Input = Record<string, unknown>
export type Predicate<T> = (record: T) => boolean

/** What one key of a filter input means: its value → a test of a record. */
export type FilterKeys<T> = Record<string, (value: Input) => Predicate<T>>

/** A filter input as a test. Keys that are not modelled throw, even when there is nothing to filter. */
export function predicateOf<T>(filter: unknown, keys: FilterKeys<T>, type: string): Predicate<T> {
  if (filter === undefined || filter === null) return () => true
  const tests = Object.entries(filter).map(([key, value]): Predicate<T> => {
    if (key === 'and' || key === 'or') {
      const parts = (value as unknown[]).map(part => predicateOf(part, keys, type))
      return key === 'and'
        ? record => parts.every(part => part(record))
        : record => parts.some(part => part(record))
    }
    const meaning = keys[key]
    if (!meaning || value === null) throw notModelled(`${type}.${key}`)
    return meaning(value as Input)
  })
  return record => tests.every(test => test(record))
}

/** Equality comparators: `eq`, `neq`, `in`, `nin`. `pick` gives every value that counts as the record's own. */
export function comparison<T>(type: string, pick: (record: T) => readonly unknown[]) {
  return (comparator: Input): Predicate<T> => {
    const tests = Object.entries(comparator).map(([operator, value]): Predicate<T> => {
      if (!['eq', 'neq', 'in', 'nin'].includes(operator)) throw notModelled(`${type}.${operator}`)
      const wanted = new Set(Array.isArray(value) ? value : [value])
      const hit = (record: T) => pick(record).some(own => wanted.has(own))
      return operator === 'eq' || operator === 'in' ? hit : record => !hit(record)
    })
    return record => tests.every(test => test(record))
  }
}

/** Throws for every argument or input key that carries a value and is not modelled. */
export function refuseUnmodelled(input: object, modelled: readonly string[], type: string): void {
  for (const [key, value] of Object.entries(input)) {
    if (value !== undefined && !modelled.includes(key)) throw notModelled(`${type}.${key}`)
  }
}
