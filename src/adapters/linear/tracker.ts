import { OpsxError } from '../../errors.ts'
import type { LinearData, Tracker } from '../../ports/tracker.ts'
import {
  type Inspection,
  parseBoard,
  parseCommented,
  parseDescribed,
  parseInspection,
  parseMoved,
} from './answers.ts'
import {
  commentDocument,
  describeDocument,
  inspectDocument,
  linearDocument,
  moveDocument,
} from './documents.ts'
import { dataPagesOf, inspectPagesOf } from './pages.ts'
import { createDocument, readDocuments, updateDocument } from './project-documents.ts'
import { readSetup, readTeams } from './read-setup.ts'
import { type LinearOptions, openRequester, type Requester } from './requester.ts'
import { dataOf, isConflictOn, reading, refuseLongText, writing } from './tracker-operations.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const IDENTIFIER = /^[a-z][a-z0-9]*-\d+$/i

/**
 * Linear through its SDK. The SDK is loaded with the first call.
 * Throws ENDPOINT_REFUSED, KEY_MISSING or LINEAR_AUTH for invalid options.
 */
export function createLinearTracker(options: LinearOptions): Tracker {
  const requester = openRequester(options)
  return {
    readLinearData: request => readLinearData(requester, request),
    inspect: request => inspect(requester, request),
    readTeams: () => readTeams(requester),
    readSetup: request => readSetup(requester, request),
    async move(issueId, stateId) {
      const operation = writing(`to move issue ${issueId}`, moveDocument(issueId, stateId))
      return parseMoved(await dataOf(requester, operation))
    },
    async comment(comment) {
      refuseLongText('The comment', comment.body)
      const operation = writing(`to comment on issue ${comment.issueId}`, commentDocument(comment))
      const outcome = await requester.send(operation)
      if (isConflictOn(comment.id, outcome)) return 'existed'
      parseCommented(requester.dataOf(operation, outcome))
      return 'created'
    },
    async describe(issueId, description) {
      refuseLongText('The description', description)
      const operation = writing(`to describe issue ${issueId}`, describeDocument(issueId, description))
      parseDescribed(await dataOf(requester, operation))
    },
    readDocuments: request => readDocuments(requester, request),
    createDocument: document => createDocument(requester, document),
    updateDocument: document => updateDocument(requester, document),
    usage: () => requester.usage(),
  }
}

async function readLinearData(
  requester: Requester,
  request: { teams: string[]; issues: string[] },
): Promise<LinearData> {
  const issues = request.issues.filter(id => UUID.test(id) || IDENTIFIER.test(id))
  const boards: LinearData[] = []
  for (const page of dataPagesOf({ teams: request.teams, issues })) {
    const data = await dataOf(requester, reading('to read the workspace', linearDocument(page)))
    boards.push(parseBoard(data, page.blocks.length))
  }
  return mergedDataOf(boards)
}

/** An issue that was requested by UUID and by identifier may be in two blocks. */
function mergedDataOf([first, ...rest]: LinearData[]): LinearData {
  if (first === undefined) throw new OpsxError('LINEAR_UNAVAILABLE', 'opsx sent no request to Linear.')
  const boards = [first, ...rest]
  const issues = new Map(boards.flatMap(linear => linear.issues.map(issue => [issue.id, issue])))
  return {
    organization: first.organization,
    teams: boards.flatMap(linear => linear.teams),
    issues: [...issues.values()],
  }
}

async function inspect(requester: Requester, request: { issues: string[]; comments: string[] }) {
  const merged: Inspection = { issues: [], comments: [] }
  for (const page of inspectPagesOf(request)) {
    const data = await dataOf(requester, reading('to read issues in detail', inspectDocument(page)))
    const { issues, comments } = parseInspection(data)
    merged.issues.push(...issues)
    merged.comments.push(...comments)
  }
  return merged
}
