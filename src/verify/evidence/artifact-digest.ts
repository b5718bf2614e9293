import { digestOf } from '../../change/decision-digest.ts'
import { LEDGER_KEYS } from '../../ledger/ledger-keys.ts'
import { parseFrontmatter } from '../../markdown/parse-frontmatter.ts'
import { BASE_LOCK } from '../../specs/read-specs.ts'

/** Left out of the evidence: the report itself, files written after it, and files that opsx generates. */
const LEFT_OUT = new Set(['verify.md', 'verification.md', 'retrospective.md', 'measurements.md'])
const OWN_KEYS = new Set<string>([...LEDGER_KEYS, 'attempt_log'])
const LARGEST_FRONTMATTER_JSON = 1_000_000

export interface ArtifactFile {
  /** Relative to the change's directory, so that archiving changes nothing. */
  path: string
  text: string
}

/**
 * Digest of the artifacts of a change. Leaves out line ends, `LEFT_OUT`, base.lock.json, and
 * opsx's own keys in the frontmatter of proposal.md.
 */
export function artifactDigest(files: ArtifactFile[]): string {
  const lines = files
    .filter(({ path }) => !LEFT_OUT.has(path) && path.split('/').at(-1) !== BASE_LOCK)
    .map((file): [string, string] => [file.path, digestOfArtifact(file)])
  return listDigest(lines)
}

/** Digest of one file, without line ends and without opsx's own keys in the frontmatter of proposal.md. */
export function digestOfArtifact({ path, text }: ArtifactFile): string {
  return digestOf(path === 'proposal.md' ? withoutLedger(text) : text)
}

/** Digest of files by git's blob ids; null for a deleted file. */
export function codeDigest(blobs: [path: string, id: string | null][]): string {
  return listDigest(blobs.map(([path, id]) => [path, id ?? 'deleted']))
}

function listDigest(list: [path: string, digest: string][]): string {
  const lines = list.map(([path, digest]) => `${JSON.stringify(path)} ${digest}\n`)
  return digestOf(lines.sort().join(''))
}

/**
 * The parts of a proposal that opsx never writes. Other keys are compared as data, because opsx's edits keep data but
 * not the YAML text. Blank lines above the body are left out, because they change with the frontmatter. An unreadable
 * frontmatter is compared as text, because opsx does not edit it.
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

/** JSON with sorted keys; null when YAML aliases make the data cyclic or very large. */
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
