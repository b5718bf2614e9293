import * as z from 'zod/mini'
import type { LinearDocument } from '../../ports/tracker.ts'
import { parsedAnswer } from './answers.ts'

const DOCUMENT = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string(),
  content: z.nullable(z.string()),
  archivedAt: z.nullable(z.string()),
  trashed: z.nullable(z.boolean()),
  project: z.nullable(z.object({ id: z.string() })),
  updatedBy: z.nullable(z.object({ displayName: z.string(), isMe: z.boolean() })),
  comments: z.object({
    nodes: z.array(z.object({ resolvedAt: z.nullable(z.string()), parentId: z.nullable(z.string()) })),
  }),
})

const PROJECT = z.object({
  project: z.object({
    id: z.string(),
    documents: z.object({
      nodes: z.array(z.object({ id: z.string(), title: z.string() })),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.nullable(z.string()) }),
    }),
  }),
})

const DOCUMENTS = z.object({ documents: z.object({ nodes: z.array(DOCUMENT) }) })
const CREATED = z.object({ documentCreate: z.object({ success: z.literal(true), document: DOCUMENT }) })
const UPDATED = z.object({ documentUpdate: z.object({ success: z.literal(true), document: DOCUMENT }) })

export interface ProjectPage {
  project: string
  documents: { id: string; title: string }[]
  /** Cursor of the next page. Null on the last page. */
  next: string | null
}

/** Throws LINEAR_UNAVAILABLE on another shape, like all functions of this file. */
export function parseProjectPage(data: unknown): ProjectPage {
  const { id, documents } = parsedAnswer(PROJECT, data).project
  const { hasNextPage, endCursor } = documents.pageInfo
  return { project: id, documents: documents.nodes, next: hasNextPage ? endCursor : null }
}

export function parseDocuments(data: unknown): LinearDocument[] {
  return parsedAnswer(DOCUMENTS, data).documents.nodes.map(documentOf)
}

export function parseCreated(data: unknown): LinearDocument {
  return documentOf(parsedAnswer(CREATED, data).documentCreate.document)
}

export function parseUpdated(data: unknown): LinearDocument {
  return documentOf(parsedAnswer(UPDATED, data).documentUpdate.document)
}

/** A thread is resolved when its first comment is resolved. Replies are not counted. */
function documentOf(document: z.infer<typeof DOCUMENT>): LinearDocument {
  const { id, title, url, content, project, updatedBy, archivedAt, trashed, comments } = document
  const open = comments.nodes.filter(({ resolvedAt, parentId }) => parentId === null && resolvedAt === null)
  return {
    id,
    title,
    url,
    content: content ?? '',
    projectId: project?.id ?? null,
    editor: updatedBy?.displayName ?? null,
    own: updatedBy?.isMe === true,
    unresolved: open.length,
    trashed: trashed === true || archivedAt !== null,
  }
}
