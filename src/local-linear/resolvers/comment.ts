import { commentUrl } from '../addresses.ts'
import { invalidArgument } from '../errors.ts'
import { refuseUnmodelled } from '../filters.ts'
import { refuseArchived } from '../issue-changes.ts'
import { rewriteMarkdown } from '../markdown-rewrite.ts'
import type { CommentRecord } from '../records.ts'
import { checkText } from '../text-limits.ts'
import { absent, type Context, type FieldTable, one, page, payload, payloadFields, plain } from './fields.ts'

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

/** Comments on issues; threads are not modelled. */
export const commentTypes: Record<string, FieldTable> = {
  Query: {
    comment: (_: unknown, args: { id?: string }, { database }: Context) => {
      refuseUnmodelled(args, ['id'], 'Query.comment, argument')
      return database.get('comments', args.id ?? '', 'Comment')
    },
    comments: page('comments'),
  },
  Mutation: {
    commentCreate: (_: unknown, { input }: { input: CommentInput }, context: Context) =>
      createComment(context, input),
  },
  CommentPayload: payloadFields('comment'),
  Comment: {
    ...plain('id body issueId editedAt createdAt updatedAt archivedAt'),
    ...absent('parent', 'parentId'),
    resolvedAt: (comment: { resolvedAt?: string | null }) => comment.resolvedAt ?? null,
    issue: one('issues', 'issueId'),
    user: one('users', 'userId'),
    botActor: one('bots', 'botId'),
    url: (comment: CommentRecord, _: unknown, { database }: Context) => commentUrl(database, comment),
  },
}
