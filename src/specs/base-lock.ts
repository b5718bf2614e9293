import * as z from 'zod/mini'
import { KeyLines } from '../markdown/key-lines.ts'
import type { BaseFingerprints, Fingerprint } from './base-fingerprints.ts'
import { normalName } from './near-miss.ts'
import type { UpstreamRecord } from './upstream-record.ts'

/**
 * `base.lock.json` next to a delta spec: the requirements that it changes, and its upstream artifacts, at its last
 * edit.
 */
export interface BaseLock {
  requirements: BaseFingerprints
  /** The upstream artifacts; null when the file does not record them. */
  upstream: UpstreamRecord | null
}

export interface ParsedBaseLock {
  lock: BaseLock | null
  problem: string | null
  line?: number
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
export function formatBaseLock({ requirements, upstream }: BaseLock): string {
  const document = {
    schema: SCHEMA,
    restsOn: upstream
      ? { spec: upstream.spec, upstream: upstream.artifacts, holds: upstream.reason ?? undefined }
      : undefined,
    requirements,
  }
  const sorted = (_key: string, value: unknown) =>
    value instanceof Map
      ? Object.fromEntries([...value].sort(([one], [other]) => (one < other ? -1 : 1)))
      : value
  return `${JSON.stringify(document, sorted, 2)}\n`
}

/** Reads `base.lock.json`. `problem` is one clause that says why it is not valid; `line` is its line. */
export function parseBaseLock(text: string): ParsedBaseLock {
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
  // Not zod's result, which lacks an entry named __proto__.
  const { requirements, restsOn } = value as z.input<typeof BASE_LOCK>
  const prints = Object.entries(requirements).map(([name, print]): [string, Fingerprint | null] => [
    normalName(name),
    print && { statement: print.statement, scenarios: new Map(Object.entries(print.scenarios)) },
  ])
  const upstream = restsOn && {
    spec: restsOn.spec,
    artifacts: new Map(Object.entries(restsOn.upstream)),
    reason: restsOn.holds ?? null,
  }
  return { lock: { requirements: new Map(prints), upstream: upstream ?? null }, problem: null }
}

function reasonOf([key, name]: string[]): string {
  if (key === 'restsOn') return 'restsOn has no valid digests of the spec and its upstream artifacts'
  if (key === 'requirements' && name !== undefined) return `the entry "${name}" is not a fingerprint`
  return `it is not an ${SCHEMA} document`
}
