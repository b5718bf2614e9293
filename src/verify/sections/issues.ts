import type { Finding } from '../../findings/finding.ts'
import { fixOf, messageOf } from '../../findings/message.ts'
import type { Judged, Verification } from '../verification.ts'
import { placeText, reportedOf } from './reported.ts'
import { inlineCode, oneLine } from './table.ts'

/** Numbered findings of one severity. Accepted findings of any severity come last among the suggestions. */
export function issueList(severity: Finding['severity'], verification: Verification): string {
  const reported = reportedOf(verification)
  const counting = reported.filter(
    ({ accepted, finding }) => accepted === null && finding.severity === severity,
  )
  const carried = severity === 'suggestion' ? reported.filter(judged => judged.accepted !== null) : []
  const items = [...counting, ...carried]
  if (items.length === 0) return 'None.'
  return items.map((judged, index) => itemText(judged, `${index + 1}. `, verification)).join('\n')
}

function itemText({ finding, accepted }: Judged, number: string, verification: Verification): string {
  const place = placeText(finding, verification)
  const facts = [place, inlineCode(finding.code)].filter(part => part !== '').join(' · ')
  const first = `${number}${oneLine(messageOf(finding))} — ${facts}`
  if (accepted !== null) return `${first} (carried: ${oneLine(accepted)})`
  return `${first}\n${' '.repeat(number.length)}Fix: ${oneLine(fixOf(finding))}`
}
