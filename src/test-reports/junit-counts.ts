import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** Tests of a JUnit report, each counted once. */
export interface CountedTests {
  passed: number
  /** Failures and errors. */
  failed: number
  skipped: number
  total: number
}

type Node = Record<string, unknown>

/** Values of `status` and `result` for a test that did not run. */
const NOT_RUN = new Set(['notrun', 'skipped', 'disabled', 'suppressed', 'ignored', 'pending'])

/** Counts `<testcase>` elements, because the totals in suite attributes are often wrong. Does not expand entities. */
export function countTests(xml: string): CountedTests | { problem: string } {
  const valid = XMLValidator.validate(xml.replace(/^\uFEFF/, ''))
  if (valid !== true) return { problem: `is not valid XML (line ${valid.err.line})` }
  const counts = { passed: 0, failed: 0, skipped: 0, total: 0 }
  let nodes: Node[]
  try {
    nodes = PARSER.parse(xml) as Node[]
  } catch {
    return { problem: 'cannot be parsed as XML' }
  }
  const isReport = nodes.some(node => 'testsuites' in node || 'testsuite' in node)
  if (!isReport) return { problem: 'is not a JUnit report' }
  count(nodes, counts)
  return counts
}

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  processEntities: false,
})

function count(nodes: Node[], counts: CountedTests): void {
  const pending = [...nodes]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const tag = tagOf(node)
    const children = Array.isArray(node[tag]) ? (node[tag] as Node[]) : []
    if (tag === 'testcase') {
      counts[outcomeOf(node, children)] += 1
      counts.total += 1
    } else {
      pending.push(...children)
    }
  }
}

function outcomeOf(node: Node, children: Node[]): 'passed' | 'failed' | 'skipped' {
  const tags = children.map(tagOf)
  if (tags.includes('failure') || tags.includes('error')) return 'failed'
  const attributes = (node[':@'] ?? {}) as Record<string, unknown>
  const words = [attributes.status, attributes.result].map(word => String(word).toLowerCase())
  return tags.includes('skipped') || words.some(word => NOT_RUN.has(word)) ? 'skipped' : 'passed'
}

function tagOf(node: Node): string {
  return Object.keys(node).find(key => key !== ':@') ?? ''
}
