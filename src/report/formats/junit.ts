import { fixOf, messageOf } from '../../findings/message.ts'
import type { ReportedFacts, ReportedFinding } from '../../verify/reported-facts.ts'
import { findingsOf, placeOf, plural, worstFirst } from '../reported.ts'

/** Areas of finding codes that every suite lists, so that a fixed test is still listed, as passed. */
const AREAS = {
  change: [
    'artifact',
    'binding',
    'delta',
    'design',
    'implementation',
    'ledger',
    'proposal',
    'review',
    'tasks',
    'verify',
  ],
  repository: ['registry', 'spec'],
}

interface Suite {
  name: string
  kind: keyof typeof AREAS
  properties: Record<string, string>
  findings: ReportedFinding[]
}

/**
 * JUnit XML as Jenkins reads it: a suite per change and one for the repository, a test per area of finding codes. Only
 * findings that gate are failures, the others are listed in system-out. Ant's stricter schema wants a time: `at`.
 */
export function formatJunit(facts: ReportedFacts, at?: Date): string {
  const { version } = facts
  const suites: Suite[] = facts.rows.map(row => ({
    name: row.change,
    kind: 'change',
    properties: { decision: row.decision, phase: row.phase, ready: String(row.ready), version },
    findings: findingsOf(row),
  }))
  suites.push({ name: 'repository', kind: 'repository', properties: { version }, findings: facts.repository })
  const body = suites.map((suite, id) => formatSuite(suite, { id, at })).join('\n')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${body}\n</testsuites>\n`
}

function formatSuite(
  { name, kind, properties, findings }: Suite,
  { id, at }: { id: number; at: Date | undefined },
) {
  const found = worstFirst(findings)
  const areas = [...new Set([...AREAS[kind], ...found.map(areaOf)])].sort()
  const gating = found.filter(({ gates }) => gates)
  const others = found.filter(({ gates }) => !gates).map(lineOf)
  const attributes = {
    name,
    package: 'opsx.verify',
    id,
    tests: areas.length,
    failures: new Set(gating.map(areaOf)).size,
    errors: 0,
    time: 0,
    ...(at ? { timestamp: at.toISOString().slice(0, 19), hostname: 'localhost' } : {}),
  }
  return [
    `  <testsuite${attributesOf(attributes)}>`,
    '    <properties>',
    ...Object.entries(properties).map(
      ([key, value]) => `      <property${attributesOf({ name: key, value })}/>`,
    ),
    '    </properties>',
    ...areas.map(area =>
      formatCase(
        { name: area, classname: `opsx.verify.${name}`, time: 0 },
        gating.filter(reported => areaOf(reported) === area),
      ),
    ),
    `    <system-out>${xmlText(others.join('\n'))}</system-out>`,
    '    <system-err></system-err>',
    '  </testsuite>',
  ].join('\n')
}

/** Ant's schema allows one failure in a test, so all of an area are in its text. */
function formatCase(attributes: Record<string, string | number>, gating: ReportedFinding[]): string {
  const [first, ...rest] = gating
  if (!first) return `    <testcase${attributesOf(attributes)}/>`
  const more = rest.length > 0 ? ` (and ${plural(rest.length, 'finding')} more)` : ''
  const failure = { type: first.finding.code, message: messageOf(first.finding) + more }
  return [
    `    <testcase${attributesOf(attributes)}>`,
    `      <failure${attributesOf(failure)}>${xmlText(gating.map(lineOf).join('\n'))}</failure>`,
    '    </testcase>',
  ].join('\n')
}

function areaOf({ finding }: ReportedFinding): string {
  return finding.code.split('/')[0] ?? finding.code
}

function lineOf({ finding, preExisting, accepted }: ReportedFinding): string {
  const place = placeOf(finding)
  const aside = accepted !== null ? ` (carried: ${accepted})` : preExisting ? ' (pre-existing)' : ''
  const head = `${place === '' ? '' : `${place}: `}${finding.severity}: ${messageOf(finding)}${aside}`
  return `${head} [${finding.code}]\n  Fix: ${fixOf(finding)}`
}

function attributesOf(attributes: Record<string, string | number>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('')
}

/** Any text as XML 1.0 character data: invalid and control characters are removed. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}

/** Any text between double quotes; line ends and tabs are escaped, because XML readers turn them into spaces. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}
