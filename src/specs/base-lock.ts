import type { BaseFingerprints, Fingerprint } from './base-fingerprints.ts'
import { normalName } from './near-miss.ts'
import type { RestsOn } from './rests-on.ts'

/** `base.lock.json` beside a delta spec: what it changes, and what it rests on, as they were when it was written. */
export interface BaseLock {
  requirements: BaseFingerprints
  /** Null when the file does not say it. */
  restsOn: RestsOn | null
}

const SCHEMA = 'opsx/base@1'
const DIGEST = /^sha256:[0-9a-f]{64}$/

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

/** Reads `base.lock.json`; `problem` is one clause when it is not one. */
export function parseBaseLock(text: string): { lock: BaseLock | null; problem: string | null } {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return { lock: null, problem: 'it is not JSON' }
  }
  const document = recordOrNull(value)
  const entries = recordOrNull(document?.requirements)
  if (document?.schema !== SCHEMA || !entries) {
    return { lock: null, problem: `it is not an ${SCHEMA} document` }
  }
  const requirements = new Map<string, Fingerprint | null>()
  for (const [name, entry] of Object.entries(entries)) {
    const print = entry === null ? null : fingerprintIn(entry)
    if (print === undefined) return { lock: null, problem: `the entry "${name}" is no fingerprint` }
    requirements.set(normalName(name), print)
  }
  const restsOn = document.restsOn === undefined ? null : restsOnIn(document.restsOn)
  if (restsOn === undefined) return { lock: null, problem: 'restsOn does not say what the spec rests on' }
  return { lock: { requirements, restsOn }, problem: null }
}

function fingerprintIn(value: unknown): Fingerprint | undefined {
  const { statement, scenarios } = recordOrNull(value) ?? {}
  const digests = digestsIn(scenarios)
  return isDigest(statement) && digests ? { statement, scenarios: digests } : undefined
}

function restsOnIn(value: unknown): RestsOn | undefined {
  const { spec, upstream, holds = null } = recordOrNull(value) ?? {}
  const digests = digestsIn(upstream)
  if (!isDigest(spec) || !digests) return undefined
  if (typeof holds !== 'string' && holds !== null) return undefined
  return { spec, upstream: digests, holds }
}

function digestsIn(value: unknown): Map<string, string> | undefined {
  const record = recordOrNull(value)
  if (!record) return undefined
  const entries = Object.entries(record)
  const digests = entries.flatMap(([name, part]): [string, string][] =>
    isDigest(part) ? [[name, part]] : [],
  )
  return digests.length < entries.length ? undefined : new Map(digests)
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && DIGEST.test(value)
}

function recordOrNull(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}
