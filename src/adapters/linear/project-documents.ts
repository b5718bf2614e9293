import { OpsxError } from '../../errors.ts'
import type { LinearDocument, ProjectDocuments } from '../../ports/tracker.ts'
import { parseCreated, parseDocuments, parseProjectPage, parseUpdated } from './document-answers.ts'
import {
  createDocumentDocument,
  projectDocumentsDocument,
  readDocumentsDocument,
  updateDocumentDocument,
} from './documents.ts'
import type { Operation, Requester } from './requester.ts'
import { dataOf, isConflictOn, reading, refuseLongText, writing } from './tracker-operations.ts'

/** Documents per request, with text and comments, below Linear's limit of points. */
export const DOCUMENTS_PER_REQUEST = 80

/** See Tracker.readDocuments. */
export async function readDocuments(
  requester: Requester,
  request: { project: string; ids: string[]; titles: string[] },
): Promise<ProjectDocuments> {
  const titles = new Set(request.titles)
  const ids = new Set(request.ids)
  let project: string | null = null
  for (let after: string | null | undefined; after !== null; ) {
    const page = await readPage(requester, request.project, after ?? null)
    if (!page) return { project: null, documents: [] }
    for (const { id, title } of page.documents) if (titles.has(title)) ids.add(id)
    project = page.project
    after = page.next
  }
  const documents: LinearDocument[] = []
  const wanted = [...ids]
  for (let start = 0; start < wanted.length; start += DOCUMENTS_PER_REQUEST) {
    const block = wanted.slice(start, start + DOCUMENTS_PER_REQUEST)
    const operation = reading('to read documents', readDocumentsDocument(block))
    documents.push(...parseDocuments(await dataOf(requester, operation)))
  }
  return { project, documents }
}

/** Undefined when Linear refuses the request because there is no such project. */
async function readPage(requester: Requester, project: string, after: string | null) {
  const operation: Operation = reading('to read a project', projectDocumentsDocument(project, after))
  const outcome = await requester.send(operation)
  const missing =
    'failure' in outcome &&
    outcome.failure.kind === 'refused' &&
    /entity not found/i.test(outcome.failure.reason)
  return missing ? undefined : parseProjectPage(requester.dataOf(operation, outcome))
}

/** See Tracker.createDocument. */
export async function createDocument(
  requester: Requester,
  input: { id: string; projectId: string; title: string; content: string },
): Promise<LinearDocument | null> {
  refuseLongText(`The document "${input.title}"`, input.content)
  const operation = writing(`to create the document "${input.title}"`, createDocumentDocument(input))
  const outcome = await requester.send(operation)
  if (isConflictOn(input.id, outcome)) return null
  return parseCreated(requester.dataOf(operation, outcome))
}

/** See Tracker.updateDocument. Throws LINEAR_REFUSED for an empty text and for one that is too long. */
export async function updateDocument(
  requester: Requester,
  { id, title, content }: { id: string; title: string; content: string },
): Promise<LinearDocument> {
  if (content.trim() === '') throw new OpsxError('LINEAR_REFUSED', `The document "${title}" would be empty.`)
  refuseLongText(`The document "${title}"`, content)
  const operation = writing(
    `to update the document "${title}"`,
    updateDocumentDocument(id, { title, content }),
  )
  return parseUpdated(await dataOf(requester, operation))
}
