import { profileUrl } from '../addresses.ts'
import { connectionOf, type PageArguments } from '../connection.ts'
import type { BotRecord, OrganizationRecord, UserRecord } from '../records.ts'
import { type Context, type FieldTable, plain } from './fields.ts'
import { teamFilter, userFilter } from './filter-keys.ts'

/** The organization, its people and its integrations. */
export const workspaceTypes: Record<string, FieldTable> = {
  Query: {
    organization: (_: unknown, __: unknown, { database }: Context) => database.state.organization,
    viewer: (_: unknown, __: unknown, { database }: Context) => database.viewer(),
    user: (_: unknown, { id }: { id: string }, { database }: Context) => database.get('users', id, 'User'),
    users: (_: unknown, args: PageArguments, { database }: Context) =>
      connectionOf(database.state.users, args, { type: 'UserFilter', keys: userFilter }),
  },
  Organization: {
    ...plain<OrganizationRecord>(
      'id',
      'name',
      'urlKey',
      'previousUrlKeys',
      'createdAt',
      'updatedAt',
      'archivedAt',
    ),
    teams: (_: unknown, args: PageArguments, { database }: Context) =>
      connectionOf(database.state.teams, args, { type: 'TeamFilter', keys: teamFilter }),
    users: (_: unknown, args: PageArguments, { database }: Context) =>
      connectionOf(database.state.users, args, { type: 'UserFilter', keys: userFilter }),
    userCount: (_: unknown, __: unknown, { database }: Context) => database.state.users.length,
  },
  User: {
    ...plain<UserRecord>('id', 'name', 'displayName', 'email', 'active', 'admin', 'app'),
    ...plain<UserRecord>('createdAt', 'updatedAt', 'archivedAt'),
    isMe: (user: UserRecord, _: unknown, { database }: Context) => user.id === database.state.viewerId,
    organization: (_: unknown, __: unknown, { database }: Context) => database.state.organization,
    url: (user: UserRecord, _: unknown, { database }: Context) => profileUrl(database, user.displayName),
  },
  ActorBot: plain<BotRecord>('id', 'name', 'type', 'subType', 'userDisplayName', 'avatarUrl'),
}
