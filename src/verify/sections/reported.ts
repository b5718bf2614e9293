import type { Finding } from '../../findings/finding.ts'
import { ABOUT_THE_REPORT, type Judged, type Verification } from '../verification.ts'
import { inlineCode } from './table.ts'

export type Sentence = (finding: Finding) => { message: string; fix: string }

/** What the report tells of: all that the decision could count, so nothing of ledger and board, and no info. */
export function reportedOf({ judged }: Verification): Judged[] {
  return judged.filter(
    ({ dimension, finding }) =>
      dimension !== 'ledger' && finding.severity !== 'info' && !ABOUT_THE_REPORT.has(finding.code),
  )
}

/**
 * Where a finding stands, as inline code; within the change's directory, so that archiving changes nothing. Empty for
 * the people's own lines: their numbers move with every line of the report above them.
 */
export function placeText({ code, file, line }: Finding, { change }: Verification): string {
  if (file === undefined || code === 'review/finding') return ''
  const inside = `${change.directory}/`
  const path = file.startsWith(inside) ? file.slice(inside.length) : file
  return inlineCode(path === change.directory || line === undefined ? path : `${path}:${line}`)
}
