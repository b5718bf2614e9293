import { hash } from 'node:crypto'
import { scanBlocks } from '../markdown/scan-blocks.ts'

const OPENER = '<!-- opsx:evidence'
const FIELD = /^([a-z][a-z-]*):(?:[ \t]+(.*))?$/

/** `sha256:` and 64 hex digits. */
export const DIGEST = /^sha256:[0-9a-f]{64}$/

/**
 * Lines `key: value` of the evidence block of a verify report, in order: the first comment of the document itself that
 * begins with `opsx:evidence`. Quoted values are JSON. Null without a block, and when a line is neither blank nor a
 * field, such as a conflict marker. Never throws.
 */
export function evidenceFields(verify: string): [key: string, value: string][] | null {
  if (!verify.includes(OPENER)) return null
  const region = scanBlocks(verify).regions.find(
    ({ kind, start }) => kind === 'comment' && verify.startsWith(OPENER, start),
  )
  const block = region ? verify.slice(region.start + OPENER.length, region.end) : ''
  const close = block.indexOf('-->')
  if (close < 0) return null
  const fields: [string, string][] = []
  for (const line of block.slice(0, close).split(/\r?\n/)) {
    if (line.trim() === '') continue
    const [, key, raw = ''] = FIELD.exec(line.trimEnd()) ?? []
    const value = key === undefined ? null : decoded(raw.trim())
    if (key === undefined || value === null) return null
    fields.push([key, value])
  }
  return fields
}

function decoded(raw: string): string | null {
  if (!raw.startsWith('"')) return raw
  try {
    const value: unknown = JSON.parse(raw)
    return typeof value === 'string' ? value : null
  } catch {
    return null
  }
}

/**
 * Identifies a decision: `sha256:` and hex over the artifact digest in its evidence block and the sorted codes of its
 * critical findings. A report that is written again about the same artifacts has the same digest. For a report that
 * opsx did not write, the digest is that of the whole text with LF line ends.
 */
export function decisionDigest(verify: string): string {
  const fields = evidenceFields(verify) ?? []
  const artifacts = fields.filter(([key]) => key === 'artifacts').map(([, value]) => value)
  const [digest = ''] = artifacts
  if (artifacts.length !== 1 || !DIGEST.test(digest)) return digestOf(verify)
  const criticals = fields.filter(([key]) => key === 'critical').map(([, value]) => value)
  return digestOf([digest, ...criticals.sort(), ''].join('\n'))
}

/** `sha256:` of a text with LF line ends. */
export function digestOf(text: string): string {
  const lines = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text
  return `sha256:${hash('sha256', lines)}`
}
