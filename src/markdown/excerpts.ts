import type { ListItem, Nodes, Root } from 'mdast'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import { visit } from 'unist-util-visit'

const parser = remark().use(remarkGfm)

/** Deeper lists take remark cubic time, and unmatched backticks of a long text quadratic time. */
const TOO_DEEP = /^[ \t]{60,}(?:[-*+]|\d{1,9}[.)])[ \t]|^(?:[ \t]*(?:[-*+>]|\d{1,9}[.)])){30}/m
const LONGEST = 50_000

/** Source of the first block that is neither a heading nor HTML, without comments; empty when there is none. */
export function firstBlock(text: string): string {
  const block = parsed(text).children.find(({ type }) => type !== 'html' && type !== 'heading')
  return block ? sourceOf(text, block, startOf(block)) : ''
}

/** The first block of each top-level list item, one per line after a dash. */
export function listItems(text: string): string {
  return itemsOf(parsed(text))
    .map(item => {
      const [block] = item.children
      const source = block?.type === 'paragraph' ? sourceOf(text, block, startOf(item)) : ''
      return source.replace(/^(?:[-*+]|\d{1,9}[.)])\s+/, '').replace(/\s*\n\s*/g, ' ')
    })
    .filter(line => line !== '')
    .map(line => `- ${line}`)
    .join('\n')
}

/** The tree of a text, up to where it is nested too deeply or too long for remark. */
function parsed(text: string): Root {
  const deep = text.search(TOO_DEEP)
  return parser.parse(text.slice(0, Math.min(LONGEST, deep < 0 ? LONGEST : deep)))
}

function itemsOf({ children }: Root): ListItem[] {
  return children.flatMap(node => (node.type === 'list' ? node.children : []))
}

/** The text of a node from `start` on, without comments. */
function sourceOf(text: string, node: Nodes, start: number): string {
  let at = start
  let source = ''
  visit(node, 'html', ({ value, position }) => {
    if (!value.startsWith('<!--') || !position) return
    source += text.slice(at, position.start.offset)
    at = position.end.offset ?? at
  })
  return (source + text.slice(at, node.position?.end.offset)).trim()
}

function startOf({ position }: Nodes): number {
  return position?.start.offset ?? 0
}
