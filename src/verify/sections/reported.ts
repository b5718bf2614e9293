import type { Finding } from '../../findings/finding.ts'
import { ABOUT_THE_REPORT, type Judged, type Verification } from '../verification.ts'
import { inlineCode } from './table.ts'

/** Findings that the report lists: those that could count towards the decision. */
export function reportedOf({ judged }: Verification): Judged[] {
  return judged.filter(
    ({ dimension, finding }) =>
      dimension !== 'ledger' && finding.severity !== 'info' && !ABOUT_THE_REPORT.has(finding.code),
  )
}

/**
 * File and line of a finding as inline code. The path is relative to the change, so that archiving does not change it.
 * Empty for reviewer findings, because their line numbers change with the report itself.
 */
export function placeText({ code, file, line }: Finding, { change }: Verification): string {
  if (file === undefined || code === 'review/finding') return ''
  const inside = `${change.directory}/`
  const path = file.startsWith(inside) ? file.slice(inside.length) : file
  return inlineCode(path === change.directory || line === undefined ? path : `${path}:${line}`)
}
