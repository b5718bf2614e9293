import { OpsxError } from '../errors.ts'
import { parseFrontmatter } from './parse-frontmatter.ts'
import { lineAt, newlineAt } from './splice.ts'
import type { YamlEdit } from './yaml/yaml-data.ts'
import { editYaml } from './yaml/yaml-edit.ts'

/**
 * Edits the frontmatter of a Markdown text by splicing; no byte of the body changes. A text without frontmatter
 * gains one at its top. Throws OpsxError EDIT_REFUSED when the frontmatter does not parse or the edit is refused.
 */
export function editFrontmatter(text: string, edits: YamlEdit[]): string {
  const { range, bodyOffset, problem } = parseFrontmatter(text)
  if (problem) throw refused(problem.reason, problem.line)
  if (!range) return createFrontmatter(text, bodyOffset, edits)

  const yaml = text.slice(range.start, range.end)
  const newline = newlineAt(text, range.start - 1, '\n')
  const edited = editYaml(yaml, edits, { newline, firstLine: lineAt(text, range.start) })
  if (edited === yaml) return text
  if (/^---/m.test(edited) || !/(?:^|\n)$/.test(edited)) {
    throw refused('the closing --- would not be found again', lineAt(text, range.start))
  }
  return text.slice(0, range.start) + edited + text.slice(range.end)
}

function createFrontmatter(text: string, top: number, edits: YamlEdit[]): string {
  const newline = newlineAt(text, top, '\n')
  const yaml = editYaml('', edits, { newline })
  if (yaml === '') return text
  const body = text.slice(top)
  const gap = body === '' || /^\r?\n/.test(body) ? '' : newline
  return `${text.slice(0, top)}---${newline}${yaml}---${newline}${gap}${body}`
}

function refused(reason: string, line: number): OpsxError {
  return new OpsxError('EDIT_REFUSED', `Cannot edit the frontmatter: ${reason} at line ${line}.`, {
    hint: 'Fix the frontmatter, then run again.',
  })
}
