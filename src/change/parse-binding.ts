import { type Finding, finding } from '../findings/finding.ts'
import type { Frontmatter } from '../markdown/parse-frontmatter.ts'
import { parseYaml, recordOf } from '../markdown/parse-yaml.ts'
import { scanBlocks } from '../markdown/scan-blocks.ts'
import type { Binding } from './change.ts'
import { textField } from './field.ts'

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const IDENTIFIER = /^[a-z][a-z0-9_]*-\d+$/i
const ISSUE_URL = /\/issue\/([a-z][a-z0-9_]*-\d+)(?![\w-])/i

/** Where a binding may stand. Paths are relative to the root. */
export interface BindingSources {
  proposal: { path: string; text: string; frontmatter: Frontmatter } | null
  /** The change's own linear.yaml. */
  changeFile: { path: string; text: string } | null
}

interface BindingResult {
  binding: Binding
  findings: Finding[]
}

export const UNBOUND: Binding = {
  source: 'none',
  id: null,
  identifier: null,
  url: null,
  title: null,
  team: null,
  project: null,
  changeId: null,
  file: null,
}

/**
 * The issue a change is bound to: by proposal frontmatter, else by the change's linear.yaml, else, weakly, by a link
 * under a `Linear Issue` heading. Other body text is never searched.
 */
export function parseBinding({ proposal, changeFile }: BindingSources): BindingResult {
  const problem = proposal?.frontmatter.problem
  if (proposal && problem) {
    const place = { file: proposal.path, line: problem.line }
    return {
      binding: UNBOUND,
      findings: [finding('binding/unreadable', 'critical', { reason: problem.reason }, place)],
    }
  }
  const data = proposal?.frontmatter.data ?? {}
  const changeId = textField(data.opsx_change_id)
  const fields: Fields = {
    id: textField(data.linear_story_id),
    identifier: textField(data.linear_story_identifier),
    url: textField(data.linear_story_url),
    title: textField(data.linear_story_title),
    team: textField(data.linear_team),
    project: textField(data.linear_project),
  }
  const own = changeFile ? parseChangeFile(changeFile) : { fields: null, findings: [] }
  if (proposal && isBound(fields)) {
    const front = bindingOf(fields, { source: 'frontmatter', file: proposal.path, changeId })
    const clash = own.fields ? disagreement(front.binding, own.fields, proposal.path) : []
    return { binding: front.binding, findings: [...front.findings, ...own.findings, ...clash] }
  }
  if (changeFile && own.fields && isBound(own.fields)) {
    const merged = {
      ...own.fields,
      team: own.fields.team ?? fields.team,
      project: own.fields.project ?? fields.project,
    }
    const { binding, findings } = bindingOf(merged, {
      source: 'change-file',
      file: changeFile.path,
      changeId,
    })
    return { binding, findings: [...own.findings, ...findings] }
  }
  const linked = proposal ? parseLink(proposal) : null
  if (linked) return { binding: linked.binding, findings: [...own.findings, ...linked.findings] }
  return { binding: { ...UNBOUND, changeId }, findings: own.findings }
}

interface Fields {
  id: string | null
  identifier: string | null
  url: string | null
  title: string | null
  team: string | null
  project: string | null
}

function isBound({ id, identifier, url }: Fields): boolean {
  return (
    (id !== null && (UUID.test(id) || IDENTIFIER.test(id))) ||
    (identifier !== null && IDENTIFIER.test(identifier)) ||
    (url !== null && ISSUE_URL.test(url))
  )
}

function bindingOf(fields: Fields, from: Pick<Binding, 'source' | 'file' | 'changeId'>): BindingResult {
  const { id, url, title, team, project } = fields
  const spelled: [string, string][] = []
  if (fields.identifier && IDENTIFIER.test(fields.identifier))
    spelled.push(['linear_story_identifier', fields.identifier])
  if (id && IDENTIFIER.test(id)) spelled.push(['linear_story_id', id])
  const inUrl = url && ISSUE_URL.exec(url)?.[1]
  if (inUrl) spelled.push(['linear_story_url', inUrl])

  const identifier = spelled[0]?.[1] ?? null
  const findings: Finding[] = []
  for (const [key, other] of spelled.slice(1)) {
    if (identifier === null || sameText(identifier, other)) continue
    const place = from.file === null ? {} : { file: from.file }
    findings.push(finding('binding/disagreement', 'critical', { key, one: identifier, other }, place))
  }
  const uuid = id && UUID.test(id) ? id : null
  return { binding: { ...from, id: uuid, identifier, url, title, team, project }, findings }
}

function parseChangeFile({ path, text }: { path: string; text: string }): {
  fields: Fields | null
  findings: Finding[]
} {
  const { value, problem } = parseYaml(text)
  if (problem) {
    const place = { file: path, line: problem.line }
    return {
      fields: null,
      findings: [finding('binding/unreadable', 'critical', { reason: problem.reason }, place)],
    }
  }
  const data = recordOf(value) ?? {}
  const issue = recordOf(data.issue) ?? {}
  const fields = {
    id: textField(issue.id),
    identifier: textField(issue.identifier),
    url: textField(issue.url),
    title: textField(issue.title),
    team: nameOf(data.team) ?? nameOf(issue.team),
    project: nameOf(data.project) ?? nameOf(issue.project),
  }
  return { fields, findings: [] }
}

/** A name given alone or as a map. */
function nameOf(value: unknown): string | null {
  const map = recordOf(value)
  return map ? (textField(map.key) ?? textField(map.name) ?? textField(map.id)) : textField(value)
}

function disagreement(binding: Binding, fields: Fields, file: string): Finding[] {
  const pairs: [string, string | null, string | null][] = [
    ['issue.identifier', binding.identifier, fields.identifier],
    ['issue.id', binding.id, fields.id],
  ]
  const findings: Finding[] = []
  for (const [key, one, other] of pairs) {
    if (!one || !other || sameText(one, other)) continue
    findings.push(finding('binding/disagreement', 'critical', { key, one, other }, { file }))
  }
  return findings
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function parseLink({
  path,
  text,
  frontmatter,
}: NonNullable<BindingSources['proposal']>): BindingResult | null {
  if (!text.includes('linear.app/') || !/linear[ \t]+issue/i.test(text)) return null
  const { headings } = scanBlocks(text, frontmatter.bodyOffset)
  const index = headings.findIndex(heading => !heading.nested && /^linear\s+issue:?$/i.test(heading.text))
  const heading = headings[index]
  if (!heading) return null
  const section = text.slice(heading.end, headings[index + 1]?.offset ?? text.length)
  const url = /https:\/\/linear\.app\/[^\s()<>[\]"'`]+/.exec(
    section.replace(/<!--[\s\S]*?(?:-->|$)/g, ''),
  )?.[0]
  const identifier = url && ISSUE_URL.exec(url)?.[1]
  if (!url || !identifier) return null
  return {
    binding: { ...UNBOUND, source: 'link', identifier, url, file: path },
    findings: [finding('binding/link-only', 'info', { identifier }, { file: path, line: heading.line })],
  }
}
