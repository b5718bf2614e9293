import { digestOf } from '../../change/decision-digest.ts'
import { LEDGER_KEYS } from '../../ledger/ledger-keys.ts'
import { parseFrontmatter } from '../../markdown/parse-frontmatter.ts'
import { BASE_LOCK } from '../../specs/read-specs.ts'

/** Not evidence: the verdict itself, what is written after it, and what opsx measures and keeps for itself. */
const LEFT_OUT = new Set(['verify.md', 'verification.md', 'retrospective.md', 'measurements.md'])
const OWN_KEYS = new Set<string>([...LEDGER_KEYS, 'attempt_log'])
const LARGEST_FRONTMATTER_JSON = 1_000_000

export interface ArtifactFile {
  /** Relative to the change's directory, so that archiving changes nothing. */
  path: string
  text: string
}

/**
 * Digest of the artifacts of a change, line ends aside: the verdict, retrospective, measurements and base.lock.json of
 * the change are left out, and so is every key of opsx in the frontmatter of proposal.md (CLI.md "evidence block").
 */
export function artifactDigest(files: ArtifactFile[]): string {
  const lines = files
    .filter(({ path }) => !LEFT_OUT.has(path) && path.split('/').at(-1) !== BASE_LOCK)
    .map((file): [string, string] => [file.path, digestOfArtifact(file)])
  return listDigest(lines)
}

/** Of one file, line ends and opsx's keys in the frontmatter of proposal.md aside. */
export function digestOfArtifact({ path, text }: ArtifactFile): string {
  return digestOf(path === 'proposal.md' ? withoutLedger(text) : text)
}

/** Digest of files by git's blob ids; a deleted file has none. */
export function codeDigest(blobs: [path: string, id: string | null][]): string {
  return listDigest(blobs.map(([path, id]) => [path, id ?? 'deleted']))
}

function listDigest(list: [path: string, digest: string][]): string {
  const lines = list.map(([path, digest]) => `${JSON.stringify(path)} ${digest}\n`)
  return digestOf(lines.sort().join(''))
}

/**
 * A proposal as far as people write it. The editor of the frontmatter guarantees the data of other keys and the bytes
 * of the body, so the data stand for the YAML text; blank lines above the body come and go with the frontmatter. What
 * cannot be read stays as it is: opsx does not edit it either.
 */
function withoutLedger(text: string): string {
  const { range, bodyOffset, data, problem } = parseFrontmatter(text)
  if (problem) return text
  const rest = Object.entries(data).filter(([key]) => !OWN_KEYS.has(key))
  const others = canonicalJson(Object.fromEntries(rest))
  if (others === null) return text
  const above = range
    ? text
        .slice(0, range.start)
        .replace(/^\ufeff/, '')
        .replace(/---[ \t]*\r?\n$/, '')
    : ''
  const body = text.slice(bodyOffset).replace(/^(?:[ \t]*\r?\n)+/, '')
  return JSON.stringify([above.trim(), others, body].map(part => part.replaceAll('\r\n', '\n')))
}

/** JSON with sorted keys; null when aliases make the data endless or enormous. */
function canonicalJson(data: Record<string, unknown>): string | null {
  let size = 0
  try {
    return JSON.stringify(data, (key, value: unknown) => {
      size += key.length + (typeof value === 'string' ? value.length : 8)
      if (size > LARGEST_FRONTMATTER_JSON) throw new RangeError('too large')
      if (typeof value === 'number' && !Number.isFinite(value)) return `number ${value}`
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
      return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    })
  } catch {
    return null
  }
}
