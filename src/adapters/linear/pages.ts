/** Linear refuses a request of more than 10,000 points. The difference is a margin for inexact estimates. */
const POINTS_PER_REQUEST = 9_000

/** The largest page of a connection. */
const BLOCK = 250
const BLOCKS_PER_REQUEST = 14
const TEAMS_PER_REQUEST = 50

/** Points per node of documents.ts, rounded up: 0.1 for a property, 1 for an object, a connection times `first`. */
const POINTS_PER_TEAM = 75
const POINTS_PER_ISSUE = 5.7
const POINTS_PER_INSPECTED_ISSUE = 309
const POINTS_PER_COMMENT = 1.5

/** The teams and issues of one request. Each block has at most 250 issues. */
export interface DataPage {
  teams: string[]
  blocks: string[][]
}

/** Splits teams and issues into requests below the limit of points. There is at least one, for the organization. */
export function dataPagesOf(request: { teams: string[]; issues: string[] }): DataPage[] {
  const teams = chunksOf([...new Set(request.teams)], TEAMS_PER_REQUEST)
  const issues = [...new Set(request.issues)]
  const pages: DataPage[] = []
  let taken = 0
  do {
    const keys = teams[pages.length] ?? []
    const room = Math.floor((POINTS_PER_REQUEST - keys.length * POINTS_PER_TEAM) / POINTS_PER_ISSUE)
    const end = taken + Math.min(room, BLOCK * BLOCKS_PER_REQUEST)
    pages.push({ teams: keys, blocks: chunksOf(issues.slice(taken, end), BLOCK) })
    taken = end
  } while (taken < issues.length || pages.length < teams.length)
  return pages
}

/** The issues and comments of one request. */
export interface InspectPage {
  issues: string[]
  comments: string[]
}

/** Splits an inspection into requests below the limit of points. */
export function inspectPagesOf(request: InspectPage): InspectPage[] {
  const room = POINTS_PER_REQUEST - BLOCK * POINTS_PER_COMMENT
  const issues = chunksOf([...new Set(request.issues)], Math.floor(room / POINTS_PER_INSPECTED_ISSUE))
  const comments = chunksOf([...new Set(request.comments)], BLOCK)
  const length = Math.max(issues.length, comments.length)
  return Array.from({ length }, (_, index) => ({
    issues: issues[index] ?? [],
    comments: comments[index] ?? [],
  }))
}

function chunksOf(values: string[], size: number): string[][] {
  const length = Math.ceil(values.length / size)
  return Array.from({ length }, (_, index) => values.slice(index * size, (index + 1) * size))
}
