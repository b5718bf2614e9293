import * as z from 'zod/mini'
import { KeyLines } from '../markdown/key-lines.ts'
import type { BaseFingerprints, Fingerprint } from './base-fingerprints.ts'
import { normalName } from './near-miss.ts'
import type { UpstreamRecord } from './upstream-record.ts'

/** `base.lock.json` beside a delta spec: what it changes, and what it rests on, as they were when it was written. */
export interface BaseLock {
  requirements: BaseFingerprints
  /** Null when the file does not say it. */
  restsOn: UpstreamRecord | null
}

const SCHEMA = 'opsx/base@1'
const DIGEST = z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/))
const DIGESTS = z.record(z.string(), DIGEST)
const FINGERPRINT = z.nullable(z.object({ statement: DIGEST, scenarios: DIGESTS }))
const RESTS_ON = z.object({ spec: DIGEST, upstream: DIGESTS, holds: z.nullish(z.string()) })

export const BASE_LOCK = z.object({
  schema: z.literal(SCHEMA),
  restsOn: z.optional(RESTS_ON),
  requirements: z.record(z.string(), FINGERPRINT),
})

/** Deterministic: names in code-unit order, two spaces, one line feed at the end. */
export function formatBaseLock({ requirements, restsOn }: BaseLock): string {
  const prints = sorted(requirements).map(([name, print]) => {
    if (print === null) return [name, null]
    return [name, { statement: print.statement, scenarios: Object.fromEntries(sorted(print.scenarios)) }]
  })
  const rest = restsOn && {
    spec: restsOn.spec,
    upstream: Object.fromEntries(sorted(restsOn.upstream)),
    ...(restsOn.holds === null ? {} : { holds: restsOn.holds }),
  }
  const document = {
    schema: SCHEMA,
    ...(rest ? { restsOn: rest } : {}),
    requirements: Object.fromEntries(prints),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function sorted<T>(entries: ReadonlyMap<string, T>): [string, T][] {
  return [...entries].sort(([one], [other]) => (one < other ? -1 : 1))
}

/** Reads `base.lock.json`; `problem` is one clause when it is not one, and `line` is where. */
export function parseBaseLock(text: string): {
  lock: BaseLock | null
  problem: string | null
  line?: number
} {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return { lock: null, problem: 'it is not JSON' }
  }
  const { error } = z.safeParse(BASE_LOCK, value)
  if (error) {
    const keys = (error.issues[0]?.path ?? []).map(String)
    return { lock: null, problem: reasonOf(keys), line: new KeyLines(text).of(keys) }
  }
  // The parsed value itself: a record of zod has no entry named __proto__.
  const { requirements, restsOn } = value as z.input<typeof BASE_LOCK>
  const prints = Object.entries(requirements).map(([name, print]): [string, Fingerprint | null] => [
    normalName(name),
    print && { statement: print.statement, scenarios: new Map(Object.entries(print.scenarios)) },
  ])
  const rest = restsOn && {
    spec: restsOn.spec,
    upstream: new Map(Object.entries(restsOn.upstream)),
    holds: restsOn.holds ?? null,
  }
  return { lock: { requirements: new Map(prints), restsOn: rest ?? null }, problem: null }
}

function reasonOf([key, name]: string[]): string {
  if (key === 'restsOn') return 'restsOn does not say what the spec rests on'
  if (key === 'requirements' && name !== undefined) return `the entry "${name}" is no fingerprint`
  return `it is not an ${SCHEMA} document`
}
