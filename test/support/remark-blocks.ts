import type { Nodes, Root } from 'mdast'
import { remark } from 'remark'
import gfm from 'remark-gfm'
import { scanBlocks } from '../../src/markdown/scan-blocks.ts'

/** The blocks of a text according to remark, as lines to compare with those of scanBlocks. */
export interface Outline {
  /** `line:depth text` */
  headings: string[]
  /** Lines within fences and comments that are not blank. */
  fences: number[]
  comments: number[]
  /** `line:marker` */
  boxes: string[]
}

const parser = remark().use(gfm)

export function remarkOutline(text: string): Outline {
  const outline: Outline = { headings: [], fences: [], comments: [], boxes: [] }
  visit(parser.parse(text) as Root, text, outline)
  outline.boxes.sort()
  return outline
}

/** The same of scanBlocks; a setext heading's text is left out, for remark takes its inline markup apart. */
export function scannedOutline(text: string): Outline {
  const { headings, regions, boxes } = scanBlocks(text)
  const linesOf = (kind: string) =>
    regions
      .filter(region => region.kind === kind)
      .flatMap(({ line, endLine }) => linesBetween(text, line, endLine))
  return {
    headings: headings.map(({ line, depth, offset, text: words }) => {
      return `${line}:${depth}${/^#{1,6}(\s|$)/.test(text.slice(offset, offset + 8)) ? ` ${words}` : ''}`
    }),
    fences: linesOf('fence'),
    comments: linesOf('comment'),
    boxes: boxes
      .filter(box => box.task)
      .map(box => `${box.line}:${box.marker !== ' '}`)
      .sort(),
  }
}

function visit(node: Nodes, text: string, outline: Outline): void {
  const { start, end } = node.position ?? {
    start: { line: 0, offset: 0 },
    end: { line: 0, offset: 0, column: 0 },
  }
  const endLine = end.column === 1 && end.line > start.line ? end.line - 1 : end.line
  if (node.type === 'heading') {
    const [first, last] = [node.children[0], node.children.at(-1)]
    const atx = /^#{1,6}(\s|$)/.test(text.slice(start.offset ?? 0, (start.offset ?? 0) + 8))
    const raw = text.slice(first?.position?.start.offset ?? 0, last?.position?.end.offset ?? 0)
    outline.headings.push(`${start.line}:${node.depth}${atx ? ` ${raw.trim()}` : ''}`)
  }
  if (node.type === 'code' && /^[`~]/.test(text.slice(start.offset))) {
    outline.fences.push(...linesBetween(text, start.line, endLine))
  }
  if (
    node.type === 'html' &&
    isBlock(node, text) &&
    text.slice(start.offset).trimStart().startsWith('<!--')
  ) {
    outline.comments.push(...linesBetween(text, start.line, endLine))
  }
  if (node.type === 'listItem' && typeof node.checked === 'boolean') {
    outline.boxes.push(`${node.children[0]?.position?.start.line ?? start.line}:${node.checked}`)
  }
  if (node.type === 'paragraph' || node.type === 'heading') return
  if ('children' in node) for (const child of node.children) visit(child, text, outline)
}

function isBlock(node: Nodes, text: string): boolean {
  const start = node.position?.start.offset ?? 0
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  return /^[\s>*+\-0-9.)[\]^:a-z]*$/.test(line)
}

/** Lines with more than blanks and block quote marks. */
export function linesBetween(text: string, from: number, to: number): number[] {
  const lines = text.split('\n')
  const found: number[] = []
  for (let line = from; line <= to; line++) if (/[^\s>]/.test(lines[line - 1] ?? '')) found.push(line)
  return found
}
