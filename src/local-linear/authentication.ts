import type { GraphQLError } from 'graphql'
import { refusal } from './errors.ts'

/** The error that Linear sends for this Authorization header; undefined when the key is accepted. */
export function authenticationError(header: string | undefined, keys: string[]): GraphQLError | undefined {
  if (header !== undefined && keys.includes(header)) return undefined
  if (header !== undefined && /^Bearer lin_api_/.test(header)) {
    return refusal({
      type: 'invalid input',
      code: 'INPUT_ERROR',
      message:
        "It looks like you're trying to use an API key as a Bearer token. Remove the Bearer prefix from the Authorization header.",
      status: 400,
    })
  }
  return refusal({
    type: 'authentication error',
    code: 'AUTHENTICATION_ERROR',
    message: 'Authentication required, not authenticated',
    status: 401,
  })
}
