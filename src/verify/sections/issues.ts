import type { Finding } from '../../findings/finding.ts'
import type { Judged } from '../verification.ts'
import type { Telling } from './checks.ts'
import { placeText, reportedOf } from './reported.ts'
import { inlineCode, oneLine } from './table.ts'

/** Numbered findings of one severity. Accepted findings of any severity come last among the suggestions. */
export function issueList(severity: Finding['severity'], telling: Telling): string {
  const reported = reportedOf(telling.verification)
  const counting = reported.filter(
    ({ accepted, finding }) => accepted === null && finding.severity === severity,
  )
  const carried = severity === 'suggestion' ? reported.filter(judged => judged.accepted !== null) : []
  const items = [...counting, ...carried]
  if (items.length === 0) return 'None.'
  return items.map((judged, index) => itemText(judged, `${index + 1}. `, telling)).join('\n')
}

function itemText({ finding, accepted }: Judged, number: string, telling: Telling): string {
  const { message, fix } = telling.sentence(finding)
  const place = placeText(finding, telling.verification)
  const facts = [place, inlineCode(finding.code)].filter(part => part !== '').join(' · ')
  const first = `${number}${oneLine(message)} — ${facts}`
  if (accepted !== null) return `${first} (carried: ${oneLine(accepted)})`
  return `${first}\n${' '.repeat(number.length)}Fix: ${oneLine(fix)}`
}
