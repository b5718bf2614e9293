import { profileUrl } from '../addresses.ts'
import type { UserRecord } from '../records.ts'
import { byId, type Context, type FieldTable, page, plain } from './fields.ts'

const organization = (_: unknown, __: unknown, { database }: Context) => database.state.organization

/** The organization, its users and its integrations. */
export const workspaceTypes: Record<string, FieldTable> = {
  Query: {
    organization,
    viewer: (_: unknown, __: unknown, { database }: Context) => database.viewer(),
    user: byId('users', 'User'),
    users: page('users'),
  },
  Organization: {
    ...plain('id name urlKey previousUrlKeys createdAt updatedAt archivedAt'),
    teams: page('teams'),
    users: page('users'),
    userCount: (_: unknown, __: unknown, { database }: Context) => database.state.users.length,
  },
  User: {
    ...plain('id name displayName email active admin app createdAt updatedAt archivedAt'),
    isMe: (user: UserRecord, _: unknown, { database }: Context) => user.id === database.state.viewerId,
    organization,
    url: (user: UserRecord, _: unknown, { database }: Context) => profileUrl(database, user.displayName),
  },
  ActorBot: plain('id name type subType userDisplayName avatarUrl'),
}
