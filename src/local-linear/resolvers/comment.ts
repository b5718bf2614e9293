import { commentUrl } from '../addresses.ts'
import { connectionOf, type PageArguments } from '../connection.ts'
import { invalidArgument } from '../errors.ts'
import { refuseUnmodelled } from '../filters.ts'
import { refuseArchived } from '../issue-changes.ts'
import { rewriteMarkdown } from '../markdown-rewrite.ts'
import type { CommentRecord } from '../records.ts'
import { checkText } from '../text-limits.ts'
import { absent, type Context, type FieldTable, payload, payloadFields, plain } from './fields.ts'
import { commentFilter } from './filter-keys.ts'

interface CommentInput {
  id?: string
  issueId?: string
  body?: string
}

function createComment(context: Context, input: CommentInput) {
  refuseUnmodelled(input, ['id', 'issueId', 'body'], 'CommentCreateInput')
  const { body, issueId } = input
  if (!body || !issueId) throw invalidArgument('issueId and body must be given.')
  checkText('body', body)
  const { database, viewer } = context
  return database.write(() => {
    database.checkNewId('comments', input.id, 'Comment')
    const issue = database.issue(issueId)
    refuseArchived(issue)
    const comment: CommentRecord = {
      ...database.newEntity(input.id),
      issueId: issue.id,
      body: rewriteMarkdown(body),
      ...viewer,
      editedAt: null,
    }
    database.state.comments.push(comment)
    return payload(context, { comment })
  })
}

function deleteComment(context: Context, id: string) {
  const { database } = context
  return database.write(() => {
    database.get('comments', id, 'Comment')
    database.state.comments = database.state.comments.filter(comment => comment.id !== id)
    database.state.sequence += 1
    return payload(context, { entityId: id })
  })
}

/** Comments on issues; threads are not modelled. */
export const commentTypes: Record<string, FieldTable> = {
  Query: {
    comment: (_: unknown, args: { id?: string }, { database }: Context) => {
      refuseUnmodelled(args, ['id'], 'Query.comment, argument')
      return database.get('comments', args.id ?? '', 'Comment')
    },
    comments: (_: unknown, args: PageArguments, context: Context) =>
      connectionOf(context.database.state.comments, args, {
        type: 'CommentFilter',
        keys: commentFilter(context),
      }),
  },
  Mutation: {
    commentCreate: (_: unknown, { input }: { input: CommentInput }, context: Context) =>
      createComment(context, input),
    commentDelete: (_: unknown, { id }: { id: string }, context: Context) => deleteComment(context, id),
  },
  CommentPayload: payloadFields('comment'),
  DeletePayload: payloadFields('entityId'),
  Comment: {
    ...plain<CommentRecord>('id', 'body', 'issueId', 'editedAt', 'createdAt', 'updatedAt', 'archivedAt'),
    ...absent('parent', 'parentId'),
    resolvedAt: (comment: { resolvedAt?: string | null }) => comment.resolvedAt ?? null,
    issue: ({ issueId }: CommentRecord, _: unknown, { database }: Context) =>
      database.get('issues', issueId, 'Issue'),
    user: ({ userId }: CommentRecord, _: unknown, { database }: Context) => database.find('users', userId),
    botActor: ({ botId }: CommentRecord, _: unknown, { database }: Context) => database.find('bots', botId),
    url: (comment: CommentRecord, _: unknown, { database }: Context) => commentUrl(database, comment),
  },
}
